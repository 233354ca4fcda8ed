#if HTTP
internal import Hummingbird
internal import HummingbirdCore
public import Logging
internal import NIOCore
public import ServiceLifecycle
public import Tapedeck
public import TapedeckReplay

/// A stand-in for a model server: it answers requests with what a store has for them.
///
/// ```swift
/// let server = ReplayServer(store: store)
/// try await ServiceGroup(services: [server], gracefulShutdownSignals: [.sigterm], logger: logger).run()
/// ```
///
/// An exchange answers a request that came to its protocol, with its method, and whose body means the same: numbers compare
/// as decimal numbers, objects without regard to order. Equal requests are answered in the order in which the exchanges were
/// stored, and then from the first again. A path belongs to a protocol by the rules, because an exchange was recorded there, or
/// because it is `/TAG`. Open exchanges do not answer. A stream is sent again event by event, with the recorded names and
/// gaps. A request without an answer gets the status 404 and a reason, or is passed on.
public final class ReplayServer: Service {
    private let store: CaptureStore
    private let filter: ExchangeFilter
    private let options: Options
    private let clock: any ReplayClock
    private let logger: Logger
    private let onListening: @Sendable (_ host: String, _ port: Int) -> Void
    private let tally = ServeTally()

    /// Makes a server.
    ///
    /// - Parameters:
    ///   - store: the store. Exchanges that are stored once the server listens do not answer.
    ///   - filter: which of its exchanges answer. They answer in the order in which they were stored, whatever its order.
    ///   - options: how it listens, finds and sends answers. A speed that is not above 0, and a limit that is not, traps.
    ///   - clock: what measures the gaps of streams.
    ///   - logger: where it tells what happens. Nothing of a payload or a header is told.
    ///   - onListening: called once it listens, with the address and the port.
    public init(
        store: CaptureStore,
        filter: ExchangeFilter = ExchangeFilter(),
        options: Options = Options(),
        clock: any ReplayClock = SystemClock(),
        logger: Logger = Logger(label: "tapedeck.serve"),
        onListening: @escaping @Sendable (_ host: String, _ port: Int) -> Void = { _, _ in }
    ) {
        precondition(
            options.speed > 0 && options.bodyLimitByteCount > 0 && options.maximumConnectionCount > 0
        )
        self.store = store
        self.filter = filter
        self.options = options
        self.clock = clock
        self.logger = logger
        self.onListening = onListening
    }

    /// What it did so far.
    public var statistics: Statistics { tally.current }

    /// Reads the store, then serves until a graceful shutdown or until its task is cancelled.
    ///
    /// At a graceful shutdown it accepts nothing more and lets answers that are under way end.
    ///
    /// - Throws: `TapedeckError` when the store cannot be read, ``HTTPCaptureError`` when it cannot listen, or the
    ///   certificates to trust cannot be read.
    /// - Complexity: reading takes the time of an export; 16 or 32 bytes of each exchange stay in memory.
    public func run() async throws {
        let answers: StoredAnswers
        do {
            answers = try StoredAnswers(
                store,
                filter: filter,
                routes: options.routes,
                ignored: options.ignored
            )
        } catch is CancellationError {
            return
        }
        tally.update { statistics in
            statistics.exchangeCount = answers.answerCount
            statistics.openCount = answers.openCount
            statistics.cutCount = answers.cutCount
        }
        let forwarder = try options.upstream.map { try MissForwarder($0, options) }
        do {
            try await serve(answers, forwarder)
        } catch {
            try? await forwarder?.shutdown()
            throw error
        }
        try await forwarder?.shutdown()
    }

    private func serve(_ answers: StoredAnswers, _ forwarder: MissForwarder?) async throws {
        let responder = AnswerResponder(
            answers: answers,
            forwarder: forwarder,
            tally: tally,
            pace: AnswerPace(speed: options.speed, maximumGapNanoseconds: options.maximumGapNanoseconds),
            bodyLimit: options.bodyLimitByteCount,
            clock: clock
        )
        let onListening = onListening
        let application = Application(
            responder: responder,
            configuration: ApplicationConfiguration(
                address: .hostname(options.host, port: options.port),
                availableConnectionsDelegate: .maximum(options.maximumConnectionCount, logger: logger)
            ),
            onServerRunning: { channel in
                onListening(channel.localAddress?.ipAddress ?? "", channel.localAddress?.port ?? 0)
            },
            logger: logger
        )
        do {
            try await application.run()
        } catch is CancellationError {
            return
        } catch {
            throw HTTPCaptureError(
                .cannotListen,
                "cannot listen on \(options.host) port \(options.port): \(error). Is another program there?"
            )
        }
    }
}
#endif
