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

    @Test func `An import says so where programs will wait for one another`() async throws {
        let name = "\(folder.url.path)/x.tapedeck-shm"
        try FileManager.default.createSymbolicLink(atPath: name, withDestinationPath: "x.tapedeck-shm")
        try folder.write(SampleArchive.text, to: "x.jsonl")
        let outcome = try await folder.tapedeck("import", "x.tapedeck", "x.jsonl")
        #expect(outcome.status == 0)
        #expect(outcome.errors.contains("note: x.tapedeck is in SQLite's rollback mode"))
        try FileManager.default.removeItem(atPath: name)
        let next = try await folder.tapedeck("import", "x.tapedeck", "x.jsonl")
        #expect(next.status == 0)
        #expect(!next.errors.contains("rollback"))
        #expect(
            try await folder.tapedeck("export", "x.tapedeck").output == SampleArchive.text
                + SampleArchive.text
        )
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
