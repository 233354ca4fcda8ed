import Foundation
import Synchronization
import TapedeckTestSupport
import Testing

@testable import Tapedeck
@testable import TapedeckSQLite

@Suite struct RecordingWriterTests {
    let folder: TestFolder
    let path: String

    init() throws {
        folder = try TestFolder()
        path = folder.path("store")
    }

    private func exchange(_ number: Int) -> RecordedExchange {
        RecordedExchange(receivedNanoseconds: 1, protocol: "p", request: JSONText(integer: number))
    }

    @Test func `What was written is there after a flush, after what was there before`() throws {
        let store = try CaptureStore(path: path)
        for round in 0..<3 {
            let writer = try RecordingWriter(store: store)
            for number in 0..<100 { try writer.write(exchange(round * 100 + number)) }
            try writer.flush()
            #expect(writer.count == 100)
        }
        #expect(try store.read().map(\.request.text) == (0..<300).map(String.init))
    }

    @Test func `A group is stored when it has enough exchanges, bytes or age, and not before`() throws {
        let store = try CaptureStore(path: path)
        let age = Mutex(Duration.zero)
        let writer = RecordingWriter(
            try StoreSink(store.opener),
            path: path,
            group: .init(count: 3, byteCount: 1000, ageMilliseconds: 50),
            uptime: { age.withLock { $0 } }
        )
        try writer.write(exchange(1))
        try writer.write(exchange(2))
        #expect(try store.count() == 0)
        try writer.write(exchange(3))
        #expect(try store.count() == 3)
        try writer.write(.now(protocol: "p", request: JSONText(string: String(repeating: "x", count: 1000))))
        #expect(try store.count() == 4)
        try writer.write(exchange(5))
        age.withLock { $0 += .milliseconds(49) }
        try writer.write(exchange(6))
        #expect(try store.count() == 4)
        age.withLock { $0 += .milliseconds(1) }
        try writer.write(exchange(7))
        #expect(try store.count() == 7)
        #expect(writer.count == 7)
    }

    @Test func `A writer that ends stores what waits`() throws {
        let store = try CaptureStore(path: path)
        do {
            let writer = try RecordingWriter(store: store)
            try writer.write(exchange(1))
            #expect(try store.count() == 0)
        }
        #expect(try store.count() == 1)
    }

    @Test func `An idle writer holds no lock`() throws {
        let store = try CaptureStore(path: path, options: .init(busyTimeoutMilliseconds: 0))
        let first = try RecordingWriter(store: store)
        let second = try RecordingWriter(store: store)
        try first.write(exchange(1))
        try second.write(exchange(2))
        try second.flush()
        try first.flush()
        #expect(try store.read().map(\.request) == [2, 1])
    }

    @Test func `A store that another program holds is an error that passes, and nothing written is lost`()
        throws
    {
        let store = try CaptureStore(path: path, options: .init(busyTimeoutMilliseconds: 0))
        let writer = try RecordingWriter(store: store, group: .init(count: 2))
        let other = try Connection(path: path, access: .readWrite, busyMilliseconds: 0)
        try other.execute("BEGIN IMMEDIATE")
        try writer.write(exchange(1))
        for number in 2...4 {
            do throws(TapedeckError) {
                try writer.write(exchange(number))
                Issue.record("the store is locked")
            } catch {
                #expect(error.code == .busy)
            }
        }
        #expect(throws: TapedeckError.self) { try writer.flush() }
        #expect(writer.count == 1)
        try other.execute("COMMIT")
        try writer.write(exchange(5))
        try writer.flush()
        #expect(try store.read().map(\.request) == [1, 5])
        #expect(writer.count == 2)
    }

    @Test(arguments: [CaptureStore.Durability.full, .normal])
    func `A flush brings the log to the disk, also where commits do not wait for that`(
        durability: CaptureStore.Durability
    ) throws {
        let store = try CaptureStore(path: path, options: .init(durability: durability))
        let writer = try RecordingWriter(store: store, group: .init(count: 1))
        try writer.write(exchange(1))
        let log = path + "-wal"
        func size() throws -> Int {
            try #require(FileManager.default.attributesOfItem(atPath: log)[.size] as? Int)
        }
        let before = try size()
        try writer.flush()
        // With nothing to store, only what was not waited for needs one more commit, and only once.
        #expect(try (size() > before) == (durability == .normal))
        let after = try size()
        try writer.flush()
        #expect(try size() == after)
    }

    @Test func `Writers in several threads lose nothing`() async throws {
        let store = try CaptureStore(path: path)
        let writer = try RecordingWriter(store: store)
        try await withThrowingTaskGroup(of: Void.self) { tasks in
            for task in 0..<8 {
                tasks.addTask {
                    for number in 0..<50 { try writer.write(exchange(task * 50 + number)) }
                }
            }
            try await tasks.waitForAll()
        }
        try writer.flush()
        #expect(Set(try store.read().map(\.request)) == Set((0..<400).map { JSONText(integer: $0) }))
        #expect(writer.count == 400)
    }

    @Test func `A response that was set to null is none`() throws {
        let store = try CaptureStore(path: path)
        var open = exchange(1)
        open.response = .null
        try store.append([open])
        var filter = ExchangeFilter()
        filter.state = .open
        #expect(try store.read(filter).map(\.response) == [nil])
    }
}
