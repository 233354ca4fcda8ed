import Foundation
import Testing

@testable import Tapedeck

@Suite struct LineVectorTests {
    /// The line that the reference takes by accident, and that is an error here.
    static let positionalLine = Data(#"[1,2,"p",{"a":1},null]"#.utf8)

    @Test(arguments: Search.allCases)
    func `The project's own lines get the verdict of the reference`(search: Search) throws {
        try checkVerdicts(.own, count: 762, search)
    }

    // Skipped where the public material is not at hand: TAPEDECK_SHARED names the folder that holds "vectors".
    @Test(
        .enabled(if: LineVectorFile.shared.url != nil, "public-lines.jsonl is absent"),
        arguments: Search.allCases
    )
    func `The public lines get the verdict of the reference`(search: Search) throws {
        try checkVerdicts(.shared, count: 4_623, search)
    }

    private func checkVerdicts(_ file: LineVectorFile, count: Int, _ search: Search) throws {
        let vectors = try LineVector.read(#require(file.url))
        #expect(vectors.count == count)
        for vector in vectors {
            for lineFeed in [false, true] {
                let scanned = ScannedLine(vector.line, with: search, lineFeed: lineFeed)
                let expected = vector.line == Self.positionalLine ? .reject : vector.verdict
                #expect(
                    scanned.verdict == expected,
                    "\(vector.id) \(vector.name): \(scanned.fault?.description ?? "")"
                )
            }
        }
    }
}
