import Synchronization
import Testing

@testable import Tapedeck
@testable import TapedeckSQLite

@Suite struct CaptureRecorderTests {
    private func exchange(_ number: Int) -> RecordedExchange {
        RecordedExchange(receivedNanoseconds: 1, protocol: "p", request: JSONText(integer: number))
    }

    private func recorder(
        _ sink: ScriptedSink,
        alarm: any RecorderAlarm = SystemAlarm(),
        _ adjust: (inout CaptureRecorder.Options) -> Void = { _ in }
    ) -> CaptureRecorder {
        var options = CaptureRecorder.Options()
        options.retryDelayMilliseconds = 1
        options.retryDelayLimitMilliseconds = 2
        adjust(&options)
        return CaptureRecorder(sink, path: "x", options: options, alarm: alarm)
    }

    /// Checks that nothing goes missing uncounted.
    private func expectBalance(_ statistics: CaptureRecorder.Statistics) {
        #expect(
            statistics.recordedCount
                == statistics.committedCount + statistics.droppedCount + statistics.waitingCount
        )
    }

    @Test func `What was recorded is stored in order, and a shutdown waits for it`() async throws {
        let sink = ScriptedSink()
        let recorder = recorder(sink)
        for number in 0..<5000 { recorder.record(exchange(number)) }
        try await recorder.shutdown()
        #expect(sink.stored.map(\.request) == (0..<5000).map { JSONText(integer: $0) })
        #expect(recorder.statistics.committedCount == 5000)
        #expect(recorder.statistics.waitingByteCount == 0)
        recorder.record(exchange(1))
        #expect(recorder.statistics.droppedCount == 1)
        expectBalance(recorder.statistics)
        await #expect { try await recorder.recordDurably(exchange(2)) } throws: {
            ($0 as? TapedeckError)?.code == .closed
        }
        try await recorder.shutdown()
        expectBalance(recorder.statistics)
    }

    @Test func `A group waits for its time, and not when it is complete`() async throws {
        let sink = ScriptedSink()
        let alarm = ManualAlarm()
        let recorder = recorder(sink, alarm: alarm) { $0.groupLimitCount = 3 }
        _ = alarm.awaitSleep(1)
        recorder.record(exchange(1))
        #expect(alarm.awaitSleep(2) == .milliseconds(5))
        recorder.record(exchange(2))
        #expect(sink.stored.isEmpty)
        alarm.advance(by: .milliseconds(5))
        #expect(alarm.awaitSleep(3) == nil)
        #expect(sink.state.withLock { $0.groupCounts } == [2])
        recorder.record(exchange(3))
        #expect(alarm.awaitSleep(4) == .milliseconds(10))
        recorder.record(exchange(4))
        recorder.record(exchange(5))
        #expect(alarm.awaitSleep(5) == nil)
        #expect(sink.state.withLock { $0.groupCounts } == [2, 3])
    }

    @Test func `A full queue drops the newest and counts them`() async throws {
        let sink = ScriptedSink(isGated: true)
        let recorder = recorder(sink) { $0.queueLimitCount = 3 }
        recorder.record(exchange(0))
        sink.awaitStore()
        for number in 1..<10 { recorder.record(exchange(number)) }
        #expect(recorder.statistics.waitingCount == 3)
        #expect(recorder.statistics.droppedCount == 7)
        expectBalance(recorder.statistics)
        sink.letPass(10)
        try await recorder.shutdown()
        #expect(sink.stored.map(\.request) == [0, 1, 2])
    }

    @Test func `The queue's bytes are a limit too, and an exchange larger than it is never taken`()
        async throws
    {
        let sink = ScriptedSink(isGated: true)
        let recorder = recorder(sink) {
            $0.queueLimitByteCount = 10; $0.overflow = .wait
        }
        recorder.record(exchange(12345))
        sink.awaitStore()
        recorder.record(exchange(1_234_567_890))
        await #expect { try await recorder.recordDurably(exchange(1_234_567_890)) } throws: {
            ($0 as? TapedeckError)?.code == .tooLarge
        }
        #expect(recorder.statistics.waitingByteCount == 6)
        #expect(recorder.statistics.droppedCount == 2)
        sink.letPass(1)
        try await recorder.shutdown()
        expectBalance(recorder.statistics)
    }

    @Test func `Callers that wait for room lose nothing, however many they are`() async throws {
        let sink = ScriptedSink()
        let recorder = recorder(sink) {
            $0.queueLimitCount = 2; $0.overflow = .wait
        }
        await withTaskGroup { tasks in
            for task in 0..<16 {
                tasks.addTask {
                    for number in 0..<100 { recorder.record(exchange(task * 100 + number)) }
                }
            }
        }
        try await recorder.shutdown()
        #expect(Set(sink.stored.map(\.request)).count == 1600)
        #expect(recorder.statistics.droppedCount == 0)
        expectBalance(recorder.statistics)
    }

    @Test func `A problem is reported once for each cause, retried, and passes`() async throws {
        let sink = ScriptedSink()
        sink.state.withLock { $0.failures = [SQLiteError.locked, SQLiteError.locked, SQLiteError.full] }
        let codes = Mutex<[TapedeckError.Code]>([])
        // The failures come to nobody who waits, and all before the shutdown has used its tries up.
        let recorder = recorder(sink) { options in
            options.onProblem = { problem in codes.withLock { $0.append(problem.code) } }
        }
        recorder.record(exchange(1))
        try await recorder.shutdown()
        #expect(codes.withLock { $0 } == [.busy, .diskFull])
        #expect(recorder.statistics.failedCommitCount == 3)
        #expect(sink.stored.map(\.request) == [1])
    }

    @Test func `A problem that is over is told of, and one that comes again at once is not`() async throws {
        let sink = ScriptedSink()
        sink.state.withLock { $0.failures = [SQLiteError.locked, nil, SQLiteError.locked, nil] }
        let told = Mutex<[String]>([])
        let recorder = recorder(sink) { options in
            options.groupLimitCount = 1
            options.groupDelayMilliseconds = 60_000
            options.onProblem = { problem in told.withLock { $0.append("\(problem.code)") } }
            options.onRecovery = { recovery in told.withLock { $0.append("\(recovery)") } }
        }
        for number in 0..<3 { recorder.record(exchange(number)) }
        try await recorder.shutdown()
        #expect(sink.stored.count == 3)
        #expect(
            told.withLock { $0 } == ["busy", "x: the store can be written again, and what waited is stored"]
        )
    }

    @Test func `A problem that comes again and stays is told once it has lasted`() throws {
        let sink = ScriptedSink()
        sink.state.withLock { $0.failures = [SQLiteError.locked] }
        let alarm = ManualAlarm()
        let told = Mutex<[String]>([])
        let recorder = recorder(sink, alarm: alarm) { options in
            options.groupDelayMilliseconds = 0
            options.retryDelayMilliseconds = 9000
            options.retryDelayLimitMilliseconds = 9000
            options.onProblem = { problem in told.withLock { $0.append("\(problem.code)") } }
            options.onRecovery = { _ in told.withLock { $0.append("recovery") } }
        }
        _ = alarm.awaitSleep(1)
        recorder.record(exchange(1))
        _ = alarm.awaitSleep(2)
        alarm.advance(by: .seconds(9))
        _ = alarm.awaitSleep(3)
        sink.state.withLock { $0.lastingFailure = SQLiteError.locked }
        recorder.record(exchange(2))
        _ = alarm.awaitSleep(4)
        #expect(told.withLock { $0 } == ["busy", "recovery"])
        alarm.advance(by: .seconds(9))
        _ = alarm.awaitSleep(5)
        #expect(told.withLock { $0 } == ["busy", "recovery", "busy"])
    }

    @Test func `Drops are told of when they begin and when they end, not one by one`() async throws {
        let sink = ScriptedSink(isGated: true)
        let alarm = ManualAlarm()
        let told = Mutex<[String]>([])
        let (problems, reporter) = AsyncStream.makeStream(of: TapedeckError.Code.self)
        let recorder = recorder(sink, alarm: alarm) { options in
            options.queueLimitCount = 4
            options.groupLimitCount = 4
            options.onProblem = { problem in
                told.withLock { $0.append("\(problem.code)") }
                reporter.yield(problem.code)
            }
            options.onRecovery = { recovery in told.withLock { $0.append("\(recovery)") } }
        }
        for number in 0..<4 { recorder.record(exchange(number)) }
        sink.awaitStore()
        // Told while the store still does not take anything.
        for number in 4..<9 { recorder.record(exchange(number)) }
        for await problem in problems {
            #expect(problem == .queueFull)
            break
        }
        alarm.advance(by: .seconds(5))
        sink.letPass(100)
        try await recorder.shutdown()
        #expect(
            told.withLock { $0 } == ["queueFull", "x: the queue has room again; dropped meanwhile: 5"]
        )
        #expect(recorder.statistics.droppedCount == 5)
    }

    @Test func `Reasons for refusals that come by turns are told once each`() async throws {
        struct Odd: PayloadFreeError { let description = "odd" }
        struct Even: PayloadFreeError { let description = "even" }
        let told = Mutex<[String]>([])
        let recorder = recorder(ScriptedSink()) { options in
            options.onProblem = { problem in told.withLock { $0.append(problem.message) } }
            options.transform = { exchange in
                if (Int(exchange.request.text) ?? 0) % 2 == 0 { throw Even() }
                throw Odd()
            }
        }
        for number in 0..<20 { recorder.record(exchange(number)) }
        try await recorder.shutdown()
        #expect(told.withLock { $0.map { $0.suffix(4) } } == ["even", " odd"])
        #expect(recorder.statistics.refusedCount == 20)
    }

    @Test func `Retries come later and later, up to a limit, and soon again after a success`() async throws {
        let sink = ScriptedSink()
        sink.state.withLock { $0.lastingFailure = SQLiteError.full }
        let alarm = ManualAlarm()
        let recorder = recorder(sink, alarm: alarm) {
            $0.groupDelayMilliseconds = 0
            $0.retryDelayMilliseconds = 10
            $0.retryDelayLimitMilliseconds = 35
        }
        _ = alarm.awaitSleep(1)
        recorder.record(exchange(1))
        var time = 0
        for (index, delay) in [10, 20, 35, 35].enumerated() {
            time += delay
            #expect(alarm.awaitSleep(index + 2) == .milliseconds(time))
            if index == 3 { sink.state.withLock { $0.lastingFailure = nil } }
            alarm.advance(by: .milliseconds(delay))
        }
        #expect(alarm.awaitSleep(6) == nil)
        #expect(sink.stored.map(\.request) == [1])
        sink.state.withLock { $0.failures = [SQLiteError.full] }
        recorder.record(exchange(2))
        #expect(alarm.awaitSleep(7) == .milliseconds(time + 10))
    }

    @Test func `What could not be acknowledged is not stored later, and what was not to be is kept`()
        async throws
    {
        let sink = ScriptedSink()
        sink.state.withLock { $0.failures = [SQLiteError.locked] }
        let recorder = recorder(sink) { $0.groupDelayMilliseconds = 60_000 }
        recorder.record(exchange(1))
        await #expect { try await recorder.recordDurably(exchange(2)) } throws: {
            ($0 as? TapedeckError)?.code == .busy
        }
        try await recorder.recordDurably(exchange(3))
        #expect(sink.stored.map(\.request) == [1, 3])
        #expect(recorder.statistics.droppedCount == 1)
        expectBalance(recorder.statistics)
    }

    @Test func `A flush that fails says so, and the next stores what waits`() async throws {
        let sink = ScriptedSink()
        sink.state.withLock { $0.failures = [SQLiteError.locked] }
        // Time stands still, so that only a flush tries again.
        let recorder = recorder(sink, alarm: ManualAlarm())
        recorder.record(exchange(1))
        await #expect(throws: TapedeckError.self) { try await recorder.flush() }
        #expect(sink.stored.isEmpty)
        try await recorder.flush()
        #expect(sink.stored.map(\.request) == [1])
        #expect(sink.state.withLock { $0.durableCount } == 1)
    }

    @Test func `A shutdown ends although the store stays unwritable, and says what is lost`() async throws {
        let sink = ScriptedSink()
        sink.state.withLock { $0.lastingFailure = SQLiteError.full }
        let recorder = recorder(sink)
        for number in 0..<7 { recorder.record(exchange(number)) }
        for _ in 0..<2 {
            await #expect { try await recorder.shutdown() } throws: { error in
                let error = error as? TapedeckError
                return error?.code == .diskFull && error?.message.hasPrefix("7 exchanges ") == true
            }
        }
        #expect(recorder.statistics.droppedCount == 7)
        #expect(recorder.statistics.waitingCount == 0)
        expectBalance(recorder.statistics)
    }

    @Test func `An exchange that can never be stored is found, dropped and told of, and no other`()
        async throws
    {
        let sink = ScriptedSink()
        sink.state.withLock { $0.poison = [13, 77] }
        let problems = Mutex<[TapedeckError.Code]>([])
        let recorder = recorder(sink) { options in
            options.groupDelayMilliseconds = 60_000
            options.onProblem = { problem in problems.withLock { $0.append(problem.code) } }
        }
        for number in 0..<100 { recorder.record(exchange(number)) }
        try await recorder.flush()
        #expect(
            sink.stored.map(\.request)
                == (0..<100).filter { $0 != 13 && $0 != 77 }.map { JSONText(integer: $0) }
        )
        #expect(problems.withLock { $0 } == [.tooLarge, .tooLarge])
        #expect(recorder.statistics.droppedCount == 2)
        #expect(recorder.statistics.failedCommitCount >= 2)
        expectBalance(recorder.statistics)
    }

    @Test func `What the transform refuses is not stored, and its error is not repeated`() async throws {
        struct Refusal: Error { let secret = "canary" }
        let sink = ScriptedSink()
        let problems = Mutex<[TapedeckError]>([])
        let recorder = recorder(sink) { options in
            options.groupDelayMilliseconds = 60_000
            // What moves up for one that is refused is transformed too.
            options.groupLimitCount = 2
            options.onProblem = { problem in problems.withLock { $0.append(problem) } }
            options.transform = { exchange in
                if exchange.request == 2 { throw Refusal() }
                var exchange = exchange
                exchange.protocol = "seen"
                return exchange
            }
        }
        for number in 1...9 { recorder.record(exchange(number)) }
        try await recorder.flush()
        #expect(sink.stored.map(\.request) == [1, 3, 4, 5, 6, 7, 8, 9])
        #expect(sink.stored.allSatisfy { $0.protocol == "seen" })
        #expect(recorder.statistics.refusedCount == 1)
        #expect(problems.withLock { $0.map(\.code) } == [.refused])
        #expect(problems.withLock { $0.allSatisfy { !$0.message.contains("canary") } })
        expectBalance(recorder.statistics)
    }

    @Test func `What comes after something refused is transformed before it is stored, in every group`()
        async throws
    {
        struct Refusal: Error {}
        let sink = ScriptedSink()
        let recorder = recorder(sink) { options in
            options.groupLimitCount = 4
            options.groupDelayMilliseconds = 60_000
            options.transform = { exchange in
                let number = Int(exchange.request.text) ?? 0
                guard number % 3 != 0 else { throw Refusal() }
                var exchange = exchange
                exchange.request = JSONText(integer: number + 1000)
                return exchange
            }
        }
        sink.state.withLock { $0.failures = [SQLiteError.locked] }
        for number in 0..<30 { recorder.record(exchange(number)) }
        try? await recorder.flush()
        try await recorder.flush()
        // Each once, although a group was tried twice.
        #expect(
            sink.stored.map(\.request)
                == (0..<30).filter { $0 % 3 != 0 }.map { JSONText(integer: $0 + 1000) }
        )
        #expect(recorder.statistics.refusedCount == 10)
        expectBalance(recorder.statistics)
    }
}
