import Synchronization
import Tapedeck
import TapedeckTestSupport
import Testing

@testable import TapedeckReplay

@Suite struct ReportBuilderTests {
    private let folder: TestFolder
    private let store: CaptureStore
    private let file: ResultsFile

    init() throws {
        folder = try TestFolder()
        store = try CaptureStore(path: folder.path("x.tapedeck"))
        file = try ResultsFile(path: folder.path("x.replays"))
    }

    private func write(_ response: JSONText, tag: String, count: Int) throws {
        let writer = try RecordingWriter(store: store)
        for number in 0..<count {
            try writer.write(
                RecordedExchange(
                    receivedNanoseconds: UInt128(number),
                    latencyNanoseconds: 5_000_000,
                    protocol: tag,
                    request: ["n": JSONText(integer: number)],
                    response: response
                )
            )
        }
        try writer.flush()
    }

    private func report(
        _ candidate: StandInTransport,
        baseline: StandInTransport? = nil,
        options: VerdictOptions = VerdictOptions(),
        _ change: (inout ReplaySettings) -> Void = { _ in }
    ) async throws -> ReplayReport {
        var settings = ReplaySettings(target: "new")
        change(&settings)
        settings.baseline = baseline.map { _ in "old" }
        let run = try file.begin(settings, store: store)
        let targets = ReplayTargets(candidate: candidate, baseline: baseline)
        try await Replayer(store: store, targets: targets, results: file, run: run).replay()
        return try ReportBuilder(file: file, options: options).report(of: run, store: store)
    }

    @Test func `Noise in a tensor does not hide what else is wrong`() async throws {
        try write([:], tag: "kserve.infer", count: 60)
        let calls = Mutex(0)
        func server(_ type: String) -> StandInTransport {
            StandInTransport { _ in
                let noise = calls.withLock { calls in
                    calls += 1
                    return calls
                }
                let data = JSONText(array: (0..<300).map { JSONText(integer: noise * 1000 + $0) })
                let body: JSONText = ["outputs": [["data": data, "datatype": JSONText(string: type)]]]
                return TransportResult(
                    response: ServerResponse(status: 200, body: body),
                    latencyNanoseconds: 5_000_000
                )
            }
        }
        let report = try await report(server("FP16"), baseline: server("FP32"))
        #expect(report.verdict.verdict == .regression)
        #expect(report.differences.first?.finding.path == "/outputs/*/datatype")
    }

    @Test func `A build that repeats a recorded error is no worse`() async throws {
        let error: JSONText = ["error": ["message": "max_tokens must be at least 1"]]
        try write(error, tag: "p", count: 3)
        try write(["ok": true], tag: "p", count: 150)
        let answered = Mutex(0)
        let server = StandInTransport { _ in
            let isRefused = answered.withLock { answered in
                answered += 1
                return answered <= 3
            }
            return TransportResult(
                response: isRefused
                    ? ServerResponse(status: 400, body: error)
                    : ServerResponse(status: 200, body: ["ok": true]),
                latencyNanoseconds: 5_000_000
            )
        }
        let report = try await report(server)
        #expect(report.verdict.verdict == .pass, "\(report.verdict.gates.map(\.sentence))")
        #expect(report.verdict.gates.first { $0.name == "errors" }?.exchangeCount == 150)
    }

    @Test func `Recorded times are judged where the load was alike, or where that is asked for`() async throws
    {
        try write(["ok": true], tag: "p", count: 120)
        let slow = StandInTransport { _ in
            TransportResult(
                response: ServerResponse(status: 200, body: ["ok": true]),
                latencyNanoseconds: 50_000_000
            )
        }
        let together = try await report(slow) { $0.concurrency = 4 }
        #expect(together.verdict.verdict == .pass)
        let gate = try #require(together.verdict.gates.first { $0.name.hasPrefix("latency") })
        #expect(gate.outcome == .notJudged && gate.sentence.contains("another load"))
        #expect(try await report(slow).verdict.verdict == .regression)
        let paced = try await report(slow) {
            $0.concurrency = 4
            $0.pace = .original(speed: 1)
        }
        #expect(paced.verdict.verdict == .regression)
        var options = VerdictOptions()
        options.judgesLatencyUnderAnyLoad = true
        let asked = try await report(slow, options: options) { $0.concurrency = 4 }
        #expect(asked.verdict.verdict == .regression)
    }

    @Test func `Times of two runs are judged where both were sent alike`() async throws {
        try write(["ok": true], tag: "p", count: 120)
        func run(_ milliseconds: UInt64, concurrency: Int) async throws -> Run {
            let server = StandInTransport { _ in
                TransportResult(
                    response: ServerResponse(status: 200, body: ["ok": true]),
                    latencyNanoseconds: milliseconds * 1_000_000
                )
            }
            var settings = ReplaySettings(target: "new")
            settings.concurrency = concurrency
            let run = try file.begin(settings, store: store)
            let targets = ReplayTargets(candidate: server)
            try await Replayer(store: store, targets: targets, results: file, run: run).replay()
            return run
        }
        let (first, slow, other) = (
            try await run(5, concurrency: 2), try await run(50, concurrency: 2),
            try await run(50, concurrency: 8)
        )
        let builder = ReportBuilder(file: file)
        #expect(try builder.report(of: slow, against: first).verdict.verdict == .regression)
        #expect(try builder.report(of: other, against: first).verdict.verdict == .pass)
    }

    @Test func `Both columns of times are of the same exchanges`() async throws {
        try write(["ok": true], tag: "p", count: 100)
        func server(failing: Bool) -> StandInTransport {
            StandInTransport { request in
                let isFailing = failing && request.body.count % 2 == 0
                return TransportResult(
                    response: ServerResponse(status: isFailing ? 503 : 200, body: ["ok": true]),
                    latencyNanoseconds: isFailing ? 1000 : 1_000_000_000
                )
            }
        }
        let report = try await report(server(failing: false), baseline: server(failing: true))
        #expect(report.total.candidate.count == report.total.reference.count)
        #expect((1..<100).contains(report.total.reference.count))
        #expect(report.total.reference.quantile(0.01) == report.total.candidate.quantile(0.01))
    }
}
