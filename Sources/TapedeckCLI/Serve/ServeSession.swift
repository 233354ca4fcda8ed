#if HTTP
import Logging
import ServiceLifecycle
import Tapedeck
import TapedeckHTTP
import UnixSignals

/// A run of `tapedeck serve`.
struct ServeSession {
    private let command: ServeCommand
    private let options: ReplayServer.Options
    private let filter: ExchangeFilter

    init(_ command: ServeCommand) throws {
        self.command = command
        options = try Self.options(command.serving)
        filter = try command.filters.filter()
    }

    func run() async throws {
        SystemCalls.raiseOpenFileLimit()
        let logger = TerminalLog.logger(from: command.verbose ? .debug : .error)
        let server = ReplayServer(
            store: try command.source.open(),
            filter: filter,
            options: options,
            logger: logger
        ) { host, port in
            let host = host.contains(":") ? "[\(host)]" : host
            StandardError.write("listening on http://\(host):\(port)\n")
        }
        let meter = ServeMeter(server: server)
        var configuration = ServiceGroupConfiguration(
            services: StandardError.isTerminal ? [server, meter] : [server],
            logger: Logger(label: "tapedeck.services") { _ in SwiftLogNoOpLogHandler() }
        )
        // What takes longer to end is cut.
        configuration.maximumGracefulShutdownDuration = .nanoseconds(
            Int64(clamping: command.serving.stop.grace)
        )
        let services = ServiceGroup(configuration: configuration)
        let running = Task { try await services.run() }
        let words = StopSignals.Words(
            waiting: ServeReport.waiting,
            leaving: ServeReport.calledOff
        )
        try await StopSignals.end(services, hurry: running.cancel, words: words) { course in
            do {
                try await running.value
            } catch is CancellationError {
                // What was under way is cut.
            } catch let error as HTTPCaptureError {
                throw OutputProblem(error.message)
            }
            course.reach(.summing)
            meter.erase()
            try show(server.statistics)
        }
    }

    private func show(_ statistics: ReplayServer.Statistics) throws(OutputError) {
        guard command.json else {
            for line in ServeReport.lines(statistics, store: command.source.store) {
                StandardError.write(line.escapingControlCharacters() + "\n")
            }
            return
        }
        var output = OutputFile.standardOutput
        try output.write(exactly: ServeReport.json(statistics, store: command.source.store).text + "\n")
        try output.flush()
    }

    private static func options(_ arguments: ServeOptions) throws -> ReplayServer.Options {
        var options = ReplayServer.Options()
        guard let place = ListeningAddress(arguments.listen) else {
            throw UsageProblem("'--listen' must be HOST:PORT, such as 127.0.0.1:8080 or [::1]:0")
        }
        options.host = place.host
        options.port = place.port
        options.routes =
            arguments.route.map { RouteRule(path: $0.path, protocol: $0.tag) } + RouteRule.wellKnown
        options.ignored = arguments.ignore
        options.speed = arguments.speed
        options.maximumGapNanoseconds = arguments.maxGap
        options.bodyLimitByteCount = arguments.bodyLimit
        options.maximumConnectionCount = arguments.maxConnections
        options.trustedCertificatesPath = arguments.caFile
        if let miss = arguments.miss {
            do {
                options.upstream = try UpstreamAddress(miss)
            } catch {
                throw UsageProblem("'--miss': \(error.message)")
            }
        }
        return options
    }
}
#endif
