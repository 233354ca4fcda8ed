import Foundation
import Synchronization
import TapedeckTestSupport
import Testing

@testable import Tapedeck

@Suite struct MovedStoreTests {
    let folder: TestFolder
    let path: String

    init() throws {
        folder = try TestFolder()
        path = folder.path("store")
    }

    private static let exchange = RecordedExchange(receivedNanoseconds: 1, protocol: "p", request: 1)

    /// Counts how often somebody looks for its file.
    private final class LookedAtSink: ExchangeSink, Sendable {
        let lookCount = Mutex(0)

        func store(_ group: inout [RecordedExchange], isDurable: Bool) { group = [] }
        func requirePlace() { lookCount.withLock { $0 += 1 } }
    }

    private func move(_ name: String, to other: String) throws {
        try FileManager.default.moveItem(atPath: folder.path(name), toPath: folder.path(other))
    }

    @Test func `What is recorded while the file is elsewhere waits until it is back`() async throws {
        let told = Mutex<[String]>([])
        var options = CaptureRecorder.Options()
        options.onProblem = { problem in told.withLock { $0.append("\(problem.code)") } }
        options.onRecovery = { recovery in told.withLock { $0.append("\(recovery)") } }
        let recorder = try CaptureRecorder(store: CaptureStore(path: path), options: options)
        try await recorder.recordDurably(Self.exchange)
        try move("store", to: "elsewhere")
        await #expect { try await recorder.recordDurably(Self.exchange) } throws: {
            ($0 as? TapedeckError)?.code == .moved
        }
        recorder.record(Self.exchange)
        await #expect(throws: TapedeckError.self) { try await recorder.flush() }
        #expect(recorder.statistics.committedCount == 1 && recorder.statistics.waitingCount == 1)
        try move("elsewhere", to: "store")
        try await recorder.shutdown()
        #expect(recorder.statistics.committedCount == 2)
        #expect(try CaptureStore(path: path).count() == 2)
        #expect(told.withLock { $0.first } == "moved")
        #expect(told.withLock { $0.last?.hasSuffix("what waited is stored") } == true)
    }

    @Test(arguments: [false, true])
    func `The end of a recording into a file that is gone fails`(isReplaced: Bool) async throws {
        let recorder = try CaptureRecorder(store: CaptureStore(path: path))
        try await recorder.recordDurably(Self.exchange)
        for suffix in ["", "-wal", "-shm"] { try FileManager.default.removeItem(atPath: path + suffix) }
        if isReplaced { _ = try CaptureStore(path: path) }
        await #expect { try await recorder.shutdown() } throws: {
            ($0 as? TapedeckError)?.code == .moved
        }
    }

    @Test func `The file is looked at once a second, by the clock that is given`() async throws {
        let sink = LookedAtSink()
        let alarm = ManualAlarm()
        let recorder = CaptureRecorder(sink, path: path, options: .init(), alarm: alarm)
        var sleepCount = 1
        var counts: [Int] = []
        for pause in [0, 0, 1000, 0] {
            _ = alarm.awaitSleep(sleepCount)
            alarm.advance(by: .milliseconds(pause))
            recorder.record(Self.exchange)
            _ = alarm.awaitSleep(sleepCount + 1)
            alarm.advance(by: .milliseconds(5))
            _ = alarm.awaitSleep(sleepCount + 2)
            sleepCount += 2
            counts.append(sink.lookCount.withLock { $0 })
        }
        #expect(counts == [1, 1, 2, 2])
        try await recorder.shutdown()
    }

    @Test func `A new store does not take the place of one that left its log behind, and the log can follow`()
        async throws
    {
        let recorder = try CaptureRecorder(store: CaptureStore(path: path))
        try await recorder.recordDurably(Self.exchange)
        try move("store", to: "elsewhere")
        await #expect(throws: TapedeckError.self) { try await recorder.shutdown() }
        for isEmpty in [false, true] {
            if isEmpty { _ = try folder.write("", to: "store") }
            #expect {
                try CaptureStore(path: path)
            } throws: {
                ($0 as? TapedeckError)?.code == .exists
            }
            #expect(FileManager.default.fileExists(atPath: path) == isEmpty)
        }
        try move("store-wal", to: "elsewhere-wal")
        #expect(try CaptureStore(path: folder.path("elsewhere")).count() == 1)
        #expect(try CaptureStore(path: path).isNew)
    }
}
