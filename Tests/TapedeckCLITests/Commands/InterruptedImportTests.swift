import Foundation
import Testing

/// Imports that are killed in their middle leave the store as it was.
@Suite struct InterruptedImportTests {
    let folder: CommandFolder

    init() throws {
        folder = try CommandFolder()
    }

    private static let line = Data(
        (#"{"recv_ts_ns":1,"latency_ns":null,"protocol":"p","request":""#
            + String(repeating: "x", count: 100_000)
            + #"","response":null}"# + "\n").utf8
    )

    private func count() async throws -> Int {
        let outcome = try await folder.tapedeck("list", "x.tapedeck", "--json")
        #expect(outcome.status == 0, "\(outcome.errors)")
        return outcome.lines.count
    }

    // 300 lines are 30 MB: more than the cache holds, so that pages of the unfinished import are in the file.
    @Test(arguments: [1, 20, 300])
    func `A new store has nothing of an import that was killed, and can be imported into`(lines: Int)
        async throws
    {
        try folder.killImport(of: Self.line, times: lines)
        try #require(folder.exists("x.tapedeck"))
        #expect(try await count() == 0)
        try Self.line.write(to: folder.url.appending(path: "x.jsonl"))
        #expect(try await folder.tapedeck("import", "x.tapedeck", "x.jsonl").status == 0)
        #expect(try await count() == 1)
    }

    @Test(arguments: [1, 20, 300])
    func `A store with exchanges has those and no others after an import that was killed`(lines: Int)
        async throws
    {
        try await folder.importing(SampleArchive.text)
        try folder.killImport(of: Self.line, times: lines)
        #expect(try await count() == SampleArchive.lines.count)
        #expect(try await folder.tapedeck("export", "x.tapedeck").output == SampleArchive.text)
    }

    @Test func `With batches, a store has whole batches of an import that was killed`() async throws {
        try folder.killImport(of: Self.line, times: 25, options: ["--batch", "10"])
        #expect(try await count() == 20)
    }
}
