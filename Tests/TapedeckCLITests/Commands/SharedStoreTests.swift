import Foundation
import Tapedeck
import Testing

/// A store that several programs use at once.
@Suite struct SharedStoreTests {
    let folder: CommandFolder

    init() throws {
        folder = try CommandFolder()
    }

    @Test func `A second store over a file does not lose the locks of the first in the same process`()
        async throws
    {
        let path = folder.path("x.tapedeck")
        let first = try CaptureStore(path: path)
        let writer = try RecordingWriter(store: first, group: .init(count: 1))
        try writer.write(.now(protocol: "p", request: 1))
        _ = try CaptureStore(path: path, access: .read)
        // Were they lost, another program would take itself for the last and delete the log under the writer.
        #expect(try await folder.tapedeck("list", "x.tapedeck", "--json").lines.count == 1)
        #expect(folder.exists("x.tapedeck-wal"))
        try writer.write(.now(protocol: "p", request: 2))
        #expect(try await folder.tapedeck("list", "x.tapedeck", "--json").lines.count == 2)
        #expect(try first.count() == 2)
    }

    @Test func `Programs that make the same store at once make one`() async throws {
        try folder.write(SampleArchive.text, to: "x.jsonl")
        let statuses = try await withThrowingTaskGroup(of: Int32.self) { tasks in
            for _ in 0..<4 {
                tasks.addTask { try await folder.tapedeck("import", "x.tapedeck", "x.jsonl").status }
            }
            return try await tasks.reduce(into: []) { $0.append($1) }
        }
        #expect(statuses == [0, 0, 0, 0])
        #expect(
            try await folder.tapedeck("export", "x.tapedeck").output
                == String(repeating: SampleArchive.text, count: 4)
        )
    }
}
