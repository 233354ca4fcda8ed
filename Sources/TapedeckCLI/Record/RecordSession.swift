#if HTTP
import Logging
import NIOCore
import ServiceLifecycle
import Tapedeck
import TapedeckHTTP
import TapedeckRedaction
import UnixSignals

/// A run of `tapedeck record`.
struct RecordSession {
    private let command: RecordCommand
    private let upstream: UpstreamAddress
    private let options: ProxyOptions
    private let redactor: Redactor?
    private let refusals = RefusalTally()

    init(_ command: RecordCommand) throws {
        self.command = command
        do {
            upstream = try UpstreamAddress(command.proxy.upstream)
        } catch {
            throw UsageProblem("'--upstream': \(error.message)")
        }
        options = try Self.options(command.proxy)
        redactor = try command.redaction.redactor()
    }

    func run() async throws {
        SystemCalls.raiseOpenFileLimit()
        var storeOptions = command.lock.options
        storeOptions.durability = command.durability
        let store = try CaptureStore(path: command.store, access: .create, options: storeOptions)
        StandardError.noteJournal(of: store)
        let recorder = try CaptureRecorder(store: store, options: recorderOptions)
        let logger = TerminalLog.logger(from: command.verbose ? .debug : .notice, hints: Self.hints)
        let capture = HTTPCapture(recorder: recorder, configuration: configuration, logger: logger)
        let meter = RecordMeter(capture: capture, recorder: recorder)
        let grace = command.proxy.stop.grace
        let proxy = RecordingProxy(
            upstream: upstream,
            capture: capture,
            options: options,
            logger: logger,
            onListening: { host, port in
                let host = host.contains(":") ? "[\(host)]" : host
                StandardError.write("listening on http://\(host):\(port)\n")
            },
            onWaiting: { StandardError.note(RecordReport.waiting(requestCount: $0, graceNanoseconds: grace)) }
        )
        let services = ServiceGroup(
            services: StandardError.isTerminal ? [proxy, meter] : [proxy],
            logger: Logger(label: "tapedeck.services") { _ in SwiftLogNoOpLogHandler() }
        )
        let words = StopSignals.Words(
            waiting: { RecordReport.waiting($0, recorder.statistics) },
            leaving: { RecordReport.calledOff($0, recorder.statistics) }
        )
        try await StopSignals.end(services, hurry: proxy.cutAtEnd, words: words) { course in
            let failures = await RecordEnd.failures(of: services.run) { () async throws(TapedeckError) in
                course.reach(.storing)
                try await recorder.shutdown()
            }
            course.reach(.summing)
            meter.erase()
            try tell(capture.statistics, recorder.statistics, failures)
        }
    }

    /// Says what came of it all.
    ///
    /// - Throws: the first of the failures, after all others were told, or that something was lost.
    private func tell(
        _ capture: CaptureStatistics,
        _ recorder: CaptureRecorder.Statistics,
        _ failures: [any Error]
    ) throws {
        var capture = capture
        // No rule looked into them: they may hold what must not be told.
        if redactor != nil { capture.notMatchedPaths = [:] }
        let outcome = RecordOutcome(
            capture,
            recorder,
            isMoved: failures.contains { ($0 as? TapedeckError)?.code == .moved },
            refusedFailureCounts: refusals.failureCounts
        )
        try show(outcome)
        RedactionReport.noteUnmatched(redactor)
        if let failure = failures.first {
            for other in failures.dropFirst() { _ = ExitStatus.report(other) }
            throw failure
        }
        // The counts were just told.
        if outcome.lostCount > 0 { throw AnswerIsNo() }
    }

    /// The options by which a person acts on what the proxy logs.
    private static let hints = [
        ExchangeFailure.upstreamInsecure.rawValue:
            "its certificate is not trusted, or it does not speak TLS; '--ca-file' names certificates to trust",
        "too_large": "'--body-limit' raises it",
        "no_room": "'--in-flight-limit' raises what they may hold",
    ]

    private func show(_ outcome: RecordOutcome) throws(OutputError) {
        guard command.json else {
            for line in RecordReport.lines(outcome, store: command.store) {
                StandardError.write(line.escapingControlCharacters() + "\n")
            }
            return
        }
        var output = OutputFile.standardOutput
        try output.write(exactly: RecordReport.json(outcome, store: command.store).text + "\n")
        try output.flush()
    }

    private var configuration: CaptureConfiguration {
        let arguments = command.capture
        var configuration = CaptureConfiguration()
        configuration.routes =
            arguments.route.map { RouteRule(path: $0.path, protocol: $0.tag) } + RouteRule.wellKnown
        configuration.storedHeaders = Set(arguments.header)
        configuration.storedQueryNames = Set(arguments.query)
        configuration.sampleRate = arguments.sample
        configuration.bodyLimitByteCount = arguments.bodyLimit
        configuration.inFlightLimitByteCount = arguments.inFlightLimit
        return configuration
    }

    private var recorderOptions: CaptureRecorder.Options {
        var options = CaptureRecorder.Options()
        if let redactor {
            options.transform = { [refusals] in try refusals.redact($0, with: redactor) }
        }
        // Serving goes on; whoever watches must learn that recording does not.
        options.onProblem = { StandardError.report($0.message) }
        options.onRecovery = { StandardError.note("\($0)") }
        return options
    }

    private static func options(_ arguments: ProxyArguments) throws -> ProxyOptions {
        var options = ProxyOptions()
        guard let place = ListeningAddress(arguments.listen) else {
            throw UsageProblem("'--listen' must be HOST:PORT, such as 127.0.0.1:8080 or [::1]:0")
        }
        options.host = place.host
        options.port = place.port
        options.connectTimeout = .nanoseconds(Int64(clamping: arguments.connectTimeout))
        options.upstreamTimeout = .nanoseconds(Int64(clamping: arguments.upstreamTimeout))
        options.clientTimeout = .nanoseconds(Int64(clamping: arguments.clientTimeout))
        options.gracePeriod = .nanoseconds(Int64(clamping: arguments.stop.grace))
        options.maximumConnectionCount = arguments.maxConnections
        options.threadCount = arguments.threads
        options.trustedCertificatesPath = arguments.caFile
        return options
    }
}
#endif
