import Foundation
import Testing

@Suite struct CheckTests {
    let folder: CommandFolder

    init() throws {
        folder = try CommandFolder()
    }

    @Test func `Archives that could be imported are all right, and nothing is made`() async throws {
        try folder.write(SampleArchive.text, to: "x.jsonl")
        let outcome = try await folder.tapedeck("check", "x.jsonl", "x.jsonl")
        #expect(outcome.status == 0)
        #expect(outcome.errors == "")
        #expect(outcome.output.wholeMatch(of: /checked 12 exchanges \([\d.]+ k?B\) in 0\.\d s\n/) != nil)
        #expect(
            try FileManager.default.contentsOfDirectory(atPath: folder.url.path).allSatisfy {
                !$0.contains("tapedeck")
            }
        )
    }

    @Test func `Every bad line is counted, the first few are named, and the answer is no`() async throws {
        try folder.write(String(repeating: "bad\n", count: 8) + SampleArchive.text, to: "x.jsonl")
        let outcome = try await folder.tapedeck("check", "x.jsonl", "--json")
        #expect(outcome.status == 1)
        #expect(outcome.errors.hasPrefix("tapedeck: refused 8 lines\n"))
        #expect(outcome.errors.contains("  x.jsonl: line 1, byte 0: "))
        #expect(outcome.errors.hasSuffix("  and 3 more\n"))
        let summary = try #require(try outcome.objects().first)
        #expect(summary["exchanges"] as? Int == 6)
        #expect(summary["rejected"] as? Int == 8)
        #expect(summary["bytes"] as? Int == SampleArchive.text.utf8.count + 32)
    }

    @Test func `An archive that is not there is a failure to read`() async throws {
        let outcome = try await folder.tapedeck("check", "x.jsonl")
        #expect(outcome.status == 74)
        #expect(outcome.errors.contains("x.jsonl"))
    }

    @Test func `An archive that is not there is told before the others are looked through`() async throws {
        // A compressed one would end it too, with another status.
        let outcome = try await folder.tapedeck("check", "-", "y.jsonl", input: "BZh9")
        #expect(outcome.status == 74)
        #expect(outcome.errors.contains("y.jsonl"))
    }

    @Test func `An empty archive is told`() async throws {
        try folder.write("", to: "x.jsonl")
        let outcome = try await folder.tapedeck("check", "x.jsonl")
        #expect(outcome.status == 0)
        #expect(outcome.errors == "tapedeck: note: there was nothing to read\n")
    }
}
