import Synchronization
import Tapedeck
import TapedeckTestSupport
import Testing

@testable import TapedeckReplay

@Suite struct ReplayerTests {
    private let folder: TestFolder
    private let store: CaptureStore
    private let file: ResultsFile

    init() throws {
        folder = try TestFolder()
        store = try CaptureStore(path: folder.path("x.tapedeck"))
        file = try ResultsFile(path: folder.path("x.replays"))
        try write(0..<40)
    }

    private func write(_ numbers: Range<Int>) throws {
        let writer = try RecordingWriter(store: store)
        for number in numbers {
            try writer.write(
                RecordedExchange(
                    receivedNanoseconds: UInt128(1000 + number * 100),
                    protocol: "openai.chat",
                    request: ["n": JSONText(integer: number)],
                    response: ["ok": true]
                )
            )
        }
        try writer.flush()
    }

    private func begin(_ change: (inout ReplaySettings) -> Void = { _ in }) throws -> Run {
        var settings = ReplaySettings(target: "stand-in")
        settings.concurrency = 4
        change(&settings)
        return try file.begin(settings, store: store)
    }

    private func results(of run: Run) throws -> [ReplayResult] {
        var reader = try file.reader(of: run)
        var results: [ReplayResult] = []
        while let answers = try reader.next() {
            results += answers.results.values.sorted { $0.lane.rawValue < $1.lane.rawValue }
        }
        return results
    }

    @Test func `Every exchange is sent once and has one result, which comes back as it was`() async throws {
        let answer = ServerResponse(
            status: 200,
            body: [["a": 1], ["b": 2]],
            framing: .sse,
            eventNames: [nil, "x"],
            eventNanoseconds: [3, .max],
            isDone: true
        )
        let server = StandInTransport { _ in TransportResult(response: answer, latencyNanoseconds: 9) }
        let run = try begin()
        let replayer = Replayer(
            store: store,
            targets: ReplayTargets(candidate: server),
            results: file,
            run: run
        )
        try await replayer.replay()
        #expect(Set(server.requests.map(\.body)).count == 40)
        #expect(server.requests.count == 40)
        #expect(server.mostInFlight <= 4)
        let results = try results(of: run)
        #expect(results.map(\.exchangeID) == Array(1...40))
        #expect(
            results.allSatisfy {
                $0.response == answer && $0.latencyNanoseconds == 9 && $0.lane == .candidate
            }
        )
        let stored = try #require(try file.run(id: run.id))
        #expect(stored.finishedNanoseconds != nil)
        #expect(stored.exchangeCount == 40)
        #expect(stored.settings == run.settings)
        #expect(replayer.progress.finishedCount == 40)
        #expect(replayer.progress.inFlightCount == 0)
    }

    @Test func `A failure is a result like any other`() async throws {
        let server = StandInTransport { request in
            let isRefused = request.body.contains(UInt8(ascii: "3"))
            return TransportResult(
                response: isRefused
                    ? ServerResponse(failure: .refused) : ServerResponse(status: 503, body: "busy"),
                latencyNanoseconds: 1
            )
        }
        let run = try begin()
        let replayer = Replayer(
            store: store,
            targets: ReplayTargets(candidate: server),
            results: file,
            run: run
        )
        try await replayer.replay()
        let results = try results(of: run)
        #expect(results.count == 40)
        #expect(results.count { $0.response.failure == .refused } == 13)
        #expect(results.count { $0.response.status == 503 } == 27)
        #expect(replayer.progress.errorCount == 40)
    }

    @Test func `With a baseline each exchange gets three answers`() async throws {
        let (new, old) = (StandInTransport(), StandInTransport())
        let run = try begin { $0.baseline = "old" }
        let targets = ReplayTargets(candidate: new, baseline: old)
        try await Replayer(store: store, targets: targets, results: file, run: run).replay()
        #expect(new.requests.count == 40)
        #expect(old.requests.count == 80)
        #expect(
            try results(of: run).map(\.lane) == Array(repeating: Lane.allCases, count: 40).flatMap(\.self)
        )
    }

    @Test func `The original pace sends each request when it is due, and what is late has a lag`()
        async throws
    {
        let clock = SteppingClock()
        let server = StandInTransport { _ in
            clock.advance(by: 250)
            return TransportResult(response: ServerResponse(status: 200), latencyNanoseconds: 250)
        }
        let run = try begin {
            $0.pace = .original(speed: 1)
            $0.concurrency = 1
        }
        let targets = ReplayTargets(candidate: server)
        try await Replayer(store: store, targets: targets, results: file, run: run, clock: clock).replay()
        let results = try results(of: run)
        #expect(results.map(\.dueNanoseconds) == (0..<40).map { $0 * 100 })
        #expect(results.map(\.sentNanoseconds) == (0..<40).map { $0 * 250 })
        let last = try #require(results.last)
        #expect(last.lagNanoseconds == 39 * 150)
        #expect(last.latencyFromDueNanoseconds == 39 * 150 + 250)
    }

    @Test func `The original pace goes by time of receipt, whatever the order in the store`() async throws {
        try write(-5..<0)
        let server = StandInTransport()
        let run = try begin {
            $0.pace = .original(speed: 1)
            $0.concurrency = 1
        }
        let targets = ReplayTargets(candidate: server)
        try await Replayer(store: store, targets: targets, results: file, run: run, clock: SteppingClock())
            .replay()
        #expect(server.requests.first?.body == Array(#"{"n":-5}"#.utf8))
    }

    @Test func `A run that was stopped goes on where it was, and sends nothing twice that was stored`()
        async throws
    {
        let run = try begin { $0.concurrency = 3 }
        let (stuck, continuation) = AsyncStream.makeStream(of: Void.self)
        let first = StandInTransport { request in
            if request.body == Array(#"{"n":20}"#.utf8) {
                continuation.yield()
                // Until it is cancelled: this one never answers.
                for await _ in AsyncStream<Void>.makeStream().stream {}
            }
            return TransportResult(response: ServerResponse(status: 200), latencyNanoseconds: 1)
        }
        let targets = ReplayTargets(candidate: first)
        let replayer = Replayer(store: store, targets: targets, results: file, run: run)
        let task = Task { try await replayer.replay() }
        for await _ in stuck { break }
        task.cancel()
        try await task.value
        let before = try #require(try file.run(id: run.id))
        #expect(before.finishedNanoseconds == nil)
        #expect((1..<40).contains(before.exchangeCount))
        let second = StandInTransport()
        let resumed = Replayer(
            store: store,
            targets: ReplayTargets(candidate: second),
            results: file,
            run: before
        )
        try await resumed.replay()
        #expect(second.requests.count == 40 - before.exchangeCount)
        #expect(resumed.progress.resumedCount == before.exchangeCount)
        #expect(try results(of: run).map(\.exchangeID) == Array(1...40))
    }

    @Test func `A run that is under way is not gone on with by a second process`() async throws {
        let run = try begin { $0.concurrency = 1 }
        let file = file
        let (under, other) = (file, try ResultsFile(path: file.path))
        #expect(try !under.isUnderWay(run))
        let store = store
        let seen = Mutex<[(Bool, TapedeckError.Code?)]>([])
        let server = StandInTransport { _ in
            var code: TapedeckError.Code?
            do throws(TapedeckError) {
                let targets = ReplayTargets(candidate: StandInTransport())
                try await Replayer(store: store, targets: targets, results: other, run: run).replay()
            } catch {
                code = error.code
            }
            let isUnderWay = (try? other.isUnderWay(run)) ?? false
            seen.withLock { $0.append((isUnderWay, code)) }
            return TransportResult(response: ServerResponse(status: 200), latencyNanoseconds: 1)
        }
        let targets = ReplayTargets(candidate: server)
        try await Replayer(store: store, targets: targets, results: file, run: run).replay()
        #expect(seen.withLock { $0 }.allSatisfy { $0 == (true, .busy) })
        #expect(server.requests.count == 40)
        #expect(try results(of: run).count == 40)
        #expect(try !under.isUnderWay(run))
        #expect(try !folder.snapshot().keys.contains { $0.hasSuffix(".lock") })
    }

    @Test func `What is stored after a run began is no part of it, in a later loop or when it is resumed`()
        async throws
    {
        var filter = ExchangeFilter()
        filter.limit = 10
        filter.isLimitFromEnd = true
        let run = try begin {
            $0.loopCount = 2
            $0.filter = StoredFilter(filter)
        }
        try write(40..<60)
        let server = StandInTransport()
        let targets = ReplayTargets(candidate: server)
        let kept = try #require(try file.run(id: run.id))
        try await Replayer(store: store, targets: targets, results: file, run: kept).replay()
        #expect(try results(of: run).map(\.exchangeID) == Array(31...40) + Array(31...40))
    }

    @Test func `Answers larger than a page come back whole and in order`() async throws {
        let run = try begin { $0.baseline = "old" }
        let large = ServerResponse(
            status: 200,
            body: JSONText(string: String(repeating: "x", count: 3 << 20))
        )
        let server = StandInTransport { _ in TransportResult(response: large, latencyNanoseconds: 1) }
        let targets = ReplayTargets(candidate: server, baseline: StandInTransport())
        try await Replayer(store: store, targets: targets, results: file, run: run).replay()
        var reader = try file.reader(of: run)
        var ids: [Int64] = []
        while let answers = try reader.next() {
            ids.append(answers.exchangeID)
            #expect(answers.results.count == 3)
            #expect(answers.results[.candidate]?.response == large)
        }
        #expect(ids == Array(1...40))
    }

    @Test func `Another store is not taken for the one that a run began with`() async throws {
        let run = try begin()
        let targets = ReplayTargets(candidate: StandInTransport())
        try await Replayer(store: store, targets: targets, results: file, run: run).replay()
        let other = try CaptureStore(path: folder.path("other.tapedeck"))
        let writer = try RecordingWriter(store: other)
        try writer.write(RecordedExchange(receivedNanoseconds: 1, protocol: "p", request: ["other": 1]))
        try writer.flush()
        let error = await #expect(throws: TapedeckError.self) {
            try await Replayer(store: other, targets: targets, results: file, run: run).replay()
        }
        #expect(error?.code == .unsupported)
    }

    @Test func `A loop sends everything again and keeps its answers apart`() async throws {
        let run = try begin { $0.loopCount = 3 }
        let server = StandInTransport()
        let targets = ReplayTargets(candidate: server)
        try await Replayer(store: store, targets: targets, results: file, run: run).replay()
        #expect(server.requests.count == 120)
        #expect(try results(of: run).map(\.loop) == [0, 1, 2].flatMap { Array(repeating: $0, count: 40) })
    }

    @Test func `Only what the filter lets through is sent, also when it was read back from the file`()
        async throws
    {
        var filter = ExchangeFilter()
        filter.sinceNanoseconds = 2000
        filter.conditions = [PointerCondition(pointer: try JSONPointer("/request/n"), value: 33)]
        let run = try begin { $0.filter = StoredFilter(filter) }
        let kept = try #require(try file.run(id: run.id))
        #expect(kept.settings.filter.filter == filter)
        #expect(kept.settings.lastExchangeID == 40)
        let server = StandInTransport()
        let targets = ReplayTargets(candidate: server)
        try await Replayer(store: store, targets: targets, results: file, run: kept).replay()
        #expect(server.requests.map(\.body) == [Array(#"{"n":33}"#.utf8)])
    }

    @Test func `The store is left as it was`() async throws {
        let before = try folder.bytes("x.tapedeck")
        let run = try begin()
        let reading = try CaptureStore(path: store.path, access: .read)
        let targets = ReplayTargets(candidate: StandInTransport())
        try await Replayer(store: reading, targets: targets, results: file, run: run).replay()
        #expect(try folder.bytes("x.tapedeck") == before)
    }
}
