import CTapedeckSQLite
import Foundation
import Synchronization
import TapedeckTestSupport
import Testing

@testable import Tapedeck
@testable import TapedeckSQLite

@Suite struct CaptureRecorderStoreTests {
    let folder: TestFolder
    let path: String

    init() throws {
        folder = try TestFolder()
        path = folder.path("store")
    }

    private func exchange(_ number: Int, padding: Int = 0) -> RecordedExchange {
        RecordedExchange(
            receivedNanoseconds: UInt128(number),
            protocol: "p",
            request: JSONText(string: String(repeating: "x", count: padding))
        )
    }

    @Test(arguments: [CaptureStore.Durability.full, .normal])
    func `Whatever was acknowledged can be read at once, by many tasks`(
        durability: CaptureStore.Durability
    ) async throws {
        let store = try CaptureStore(path: path, options: .init(durability: durability))
        let recorder = try CaptureRecorder(store: store)
        try await withThrowingTaskGroup(of: Void.self) { tasks in
            for task in 0..<8 {
                tasks.addTask {
                    for number in 0..<20 {
                        let time = task * 20 + number
                        recorder.record(exchange(1000 + time))
                        try await recorder.recordDurably(exchange(time))
                        var filter = ExchangeFilter()
                        filter.sinceNanoseconds = UInt128(time)
                        filter.untilNanoseconds = UInt128(time + 1)
                        let found = try store.read(filter)
                        #expect(found.count == 1)
                    }
                }
            }
            try await tasks.waitForAll()
        }
        try await recorder.shutdown()
        #expect(try store.count() == 320)
        #expect(recorder.statistics.committedCount == 320)
    }

    @Test func `Checkpoints that fail are counted, and everything else goes on`() async throws {
        let store = try CaptureStore(path: path)
        let sink = try StoreSink(store.opener)
        let isBroken = Mutex(true)
        let hooks = InterposedFile.Hooks(write: { isBroken.withLock { $0 ? SQLITE_FULL : SQLITE_OK } })
        try sink.checkpointer.checkpoint.withLock { try InterposedFile.put(hooks, on: $0.connection) }
        let checkpointer = sink.checkpointer
        let recorder = CaptureRecorder(sink, path: path, options: .init(), alarm: SystemAlarm())
        // More than three times as much as it takes for a checkpoint to begin.
        for number in 0..<70 {
            try await recorder.recordDurably(exchange(number, padding: 200_000))
            checkpointer.waitUntilIdle()
        }
        let failedCount = recorder.statistics.failedCheckpointCount
        #expect(failedCount >= 2 && failedCount <= 4)
        #expect(recorder.statistics.committedCount == 70)
        #expect(recorder.statistics.failedCommitCount == 0)
        isBroken.withLock { $0 = false }
        for number in 70..<140 {
            try await recorder.recordDurably(exchange(number, padding: 200_000))
            checkpointer.waitUntilIdle()
        }
        #expect(recorder.statistics.failedCheckpointCount == failedCount)
        #expect(folder.size(of: "store") > 20 << 20, "nothing was brought in")
        try await recorder.shutdown()
        #expect(try store.count() == 140)
    }

    @Test func `A lock that another program holds is waited out`() async throws {
        let store = try CaptureStore(path: path, options: .init(busyTimeoutMilliseconds: 0))
        let (reports, reporter) = AsyncStream<TapedeckError>.makeStream()
        var options = CaptureRecorder.Options()
        options.onProblem = { reporter.yield($0) }
        let recorder = try CaptureRecorder(store: store, options: options)
        let other = try Connection(path: path, access: .readWrite, busyMilliseconds: 0)
        try other.execute("BEGIN IMMEDIATE")
        for number in 0..<50 { recorder.record(exchange(number)) }
        var iterator = reports.makeAsyncIterator()
        #expect(await iterator.next()?.code == .busy)
        #expect(recorder.statistics.waitingCount == 50)
        try other.execute("COMMIT")
        try await recorder.shutdown()
        #expect(try store.read().map(\.receivedNanoseconds) == (0..<50).map { UInt128($0) })
    }

    @Test(.enabled(if: SmallDisk.isAvailable, Comment(rawValue: SmallDisk.absence)))
    func `A full disk stops nothing but the commits, which go on once there is room`() async throws {
        let disk = try SmallDisk()
        let store = try CaptureStore(path: disk.path("store"))
        let ballast = URL(filePath: disk.path("ballast"))
        try Data(count: 7 << 20).write(to: ballast)
        let (reports, reporter) = AsyncStream<TapedeckError>.makeStream()
        var options = CaptureRecorder.Options()
        options.queueLimitCount = 30
        options.onProblem = { reporter.yield($0) }
        let recorder = try CaptureRecorder(store: store, options: options)
        for number in 0..<20 { recorder.record(exchange(number, padding: 100_000)) }
        var iterator = reports.makeAsyncIterator()
        #expect(await iterator.next()?.code == .diskFull)
        await #expect(throws: TapedeckError.self) {
            try await recorder.recordDurably(exchange(1000, padding: 100_000))
        }
        for number in 20..<100 { recorder.record(exchange(number)) }
        let full = recorder.statistics
        #expect(full.recordedCount == 101)
        #expect(full.waitingCount == 30)
        #expect(full.committedCount + full.droppedCount + full.waitingCount == 101)
        try FileManager.default.removeItem(at: ballast)
        // Nobody flushes: it recovers by itself.
        while recorder.statistics.waitingCount > 0 { await Task.yield() }
        try await recorder.shutdown()
        let stored = try store.read().map(\.receivedNanoseconds)
        #expect(stored.count == full.committedCount + full.waitingCount)
        #expect(stored == (0..<UInt128(stored.count)).map { $0 })
    }
}
