import Foundation
import TapedeckTestSupport
import Testing

@testable import Tapedeck
@testable import TapedeckSQLite

/// A link to itself where the `-shm` should be has SQLite find no shared memory, as on a network file system.
@Suite struct JournalTests {
    let folder: TestFolder
    let path: String

    init() throws {
        folder = try TestFolder()
        path = folder.path("store")
    }

    private func takeSharedMemoryAway() throws {
        try? FileManager.default.removeItem(atPath: path + "-shm")
        try FileManager.default.createSymbolicLink(atPath: path + "-shm", withDestinationPath: "store-shm")
    }

    /// Whether the file says of itself that it has a log.
    private func isMarked() throws -> Bool { try folder.bytes("store")[18] == 2 }

    private let exchange = RecordedExchange.now(protocol: "p", request: "kept")

    @Test func `A store has a log where there is shared memory, and says so`() throws {
        #expect(try CaptureStore(path: path).journal == .writeAheadLog)
        #expect(try CaptureStore(path: path, access: .read).journal == .writeAheadLog)
    }

    @Test func `A store is made and used where there is no shared memory, and says that it has no log`()
        throws
    {
        try takeSharedMemoryAway()
        let store = try CaptureStore(path: path)
        #expect(store.journal == .rollback)
        try store.append([exchange])
        #expect(try store.read().map(\.request) == ["kept"])
        #expect(try CaptureStore(path: path, access: .write).journal == .rollback)
        #expect(try CaptureStore(path: path, access: .read).journal == .rollback)
        #expect(try !isMarked())
    }

    @Test func `An import turns no log on where there is no shared memory`() throws {
        try takeSharedMemoryAway()
        let archive = try folder.write(SmallArchive.text, to: "archive.jsonl")
        let store = try CaptureStore(path: path)
        try store.importArchives([.file(archive)])
        #expect(try store.count() == 1)
        #expect(try !isMarked())
    }

    @Test func `A store that comes with a log to where there is no shared memory is turned for a writer`()
        throws
    {
        try CaptureStore(path: path).append([exchange])
        try takeSharedMemoryAway()
        #expect(try isMarked())
        let store = try CaptureStore(path: path)
        #expect(store.journal == .rollback)
        try store.append([exchange])
        #expect(try store.count() == 2)
        #expect(try !isMarked())
    }

    @Test func `What waits in its log is brought in by that, and not passed over by a reader`() throws {
        let copy = folder.path("copy")
        do {
            let store = try CaptureStore(path: path)
            // It uses the log from its first question on, and the last to use it would bring it in.
            #expect(try store.count() == 0)
            try store.append([exchange])
            try withExtendedLifetime(store) {
                for suffix in ["", "-wal"] {
                    try FileManager.default.copyItem(atPath: path + suffix, toPath: copy + suffix)
                }
            }
        }
        for suffix in ["", "-wal"] {
            try? FileManager.default.removeItem(atPath: path + suffix)
            try FileManager.default.moveItem(atPath: copy + suffix, toPath: path + suffix)
        }
        try takeSharedMemoryAway()
        let error = #expect(throws: TapedeckError.self) { try CaptureStore(path: path, access: .read) }
        #expect(error?.code == .readOnly)
        #expect(try CaptureStore(path: path).read().map(\.request) == ["kept"])
    }

    @Test func `A reader leaves such a store as it is`() throws {
        try CaptureStore(path: path).append([exchange])
        try takeSharedMemoryAway()
        let before = try folder.bytes("store")
        #expect(try CaptureStore(path: path, access: .read).read().map(\.request) == ["kept"])
        #expect(try folder.bytes("store") == before)
    }

    @Test func `A store is given its log back where there is shared memory again`() throws {
        try takeSharedMemoryAway()
        try CaptureStore(path: path).append([exchange])
        try FileManager.default.removeItem(atPath: path + "-shm")
        let store = try CaptureStore(path: path)
        #expect(store.journal == .writeAheadLog)
        #expect(try store.count() == 1)
    }
}

private enum SmallArchive {
    static let text =
        #"{"recv_ts_ns":1,"latency_ns":2,"protocol":"p","request":"kept","response":null}"# + "\n"
}
