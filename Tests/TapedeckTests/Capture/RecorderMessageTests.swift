import Synchronization
import Testing

@testable import Tapedeck
@testable import TapedeckSQLite

@Suite struct RecorderMessageTests {
    private static let exchange = RecordedExchange(receivedNanoseconds: 1, protocol: "p", request: 1)

    @Test(arguments: [
        (SQLiteError.full, "the disk is full"), (.locked, "another program holds the store's lock"),
    ])
    func `What is said of a store that cannot be written agrees with itself`(
        cause: SQLiteError,
        words: String
    ) async throws {
        let sink = ScriptedSink()
        sink.state.withLock { $0.lastingFailure = cause }
        let (reports, reporter) = AsyncStream<String>.makeStream()
        var options = CaptureRecorder.Options()
        options.retryDelayMilliseconds = 1
        options.queueLimitCount = 3
        options.onProblem = { reporter.yield($0.message) }
        let recorder = CaptureRecorder(sink, path: "x", options: options, alarm: SystemAlarm())
        var told = reports.makeAsyncIterator()
        recorder.record(Self.exchange)
        // Nobody has to try again: the recorder does.
        #expect(
            await told.next()
                == "x: \(words); what is recorded waits in memory and is tried again, and what finds no room there is"
                + " dropped"
        )
        for _ in 0..<5 { recorder.record(Self.exchange) }
        #expect(
            await told.next()
                == "x: the queue is full, and exchanges are dropped: the store cannot be written"
        )
        await #expect {
            try await recorder.shutdown()
        } throws: {
            ($0 as? TapedeckError)?.message == "3 exchanges that waited to the end are dropped: x: \(words)"
        }
        #expect(recorder.statistics.droppedCount == 6)
    }

    @Test func `A queue that is full though the store is written is said to be too slow`() async throws {
        let sink = ScriptedSink(isGated: true)
        let (reports, reporter) = AsyncStream<String>.makeStream()
        var options = CaptureRecorder.Options()
        options.retryDelayMilliseconds = 1
        options.queueLimitCount = 1
        options.onProblem = { reporter.yield($0.message) }
        sink.state.withLock { $0.failures = [SQLiteError.full] }
        let recorder = CaptureRecorder(sink, path: "x", options: options, alarm: SystemAlarm())
        var told = reports.makeAsyncIterator()
        sink.letPass(2)
        recorder.record(Self.exchange)
        _ = await told.next()
        // It was stored at last, so that the next one has room.
        while recorder.statistics.committedCount == 0 { await Task.yield() }
        recorder.record(Self.exchange)
        recorder.record(Self.exchange)
        #expect(
            await told.next()
                == "x: the queue is full, and exchanges are dropped: they come faster than they are stored"
        )
        sink.letPass(1)
        try await recorder.shutdown()
    }
}
