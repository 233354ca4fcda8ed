#if HTTP
public import Logging
internal import NIOCore
internal import NIOPosix
public import ServiceLifecycle

/// A reverse proxy that captures what passes: in front of any server, for any client, over HTTP/1.1.
///
/// ```swift
/// let proxy = RecordingProxy(upstream: try UpstreamAddress("http://127.0.0.1:8000"), capture: capture)
/// try await ServiceGroup(services: [proxy], gracefulShutdownSignals: [.sigterm], logger: logger).run()
/// ```
///
/// It holds no body: it reads from either side only as fast as the other takes it. Framing, status and headers pass as
/// they are, but for those that concern one hop (RFC 9110, 7.6.1) and `Host`, which becomes the upstream's. Protocol
/// upgrades and tunnels are not passed on. A request whose length is ambiguous is refused.
public struct RecordingProxy: Service {
    private let upstream: UpstreamAddress
    private let capture: HTTPCapture
    private let options: ProxyOptions
    private let logger: Logger
    private let onListening: @Sendable (_ host: String, _ port: Int) -> Void
    private let onWaiting: @Sendable (_ requestCount: Int) -> Void
    private let hurry = ProxyHurry()

    /// Makes a proxy.
    ///
    /// - Parameters:
    ///   - upstream: the server that it stands in front of.
    ///   - capture: what captures.
    ///   - options: how it listens, and how long it waits.
    ///   - logger: where it tells what happens. Nothing of a payload or a header is told.
    ///   - onListening: called once it listens, with the address and the port.
    ///   - onWaiting: called once it is to stop and waits for requests that are under way, with their number.
    public init(
        upstream: UpstreamAddress,
        capture: HTTPCapture,
        options: ProxyOptions = ProxyOptions(),
        logger: Logger = Logger(label: "tapedeck.proxy"),
        onListening: @escaping @Sendable (_ host: String, _ port: Int) -> Void = { _, _ in },
        onWaiting: @escaping @Sendable (_ requestCount: Int) -> Void = { _ in }
    ) {
        precondition(options.maximumConnectionCount >= 1 && options.threadCount ?? 1 >= 1)
        self.upstream = upstream
        self.capture = capture
        self.options = options
        self.logger = logger
        self.onListening = onListening
        self.onWaiting = onWaiting
    }

    /// Serves until a graceful shutdown or until its task is cancelled.
    ///
    /// Then it accepts nothing more, lets what is under way end within the grace period, and hands what was captured to
    /// the recorder. The recorder itself is left running.
    ///
    /// - Throws: ``HTTPCaptureError`` when it cannot listen, or the certificates to trust cannot be read.
    public func run() async throws {
        let group = MultiThreadedEventLoopGroup(numberOfThreads: options.threadCount ?? System.coreCount)
        do {
            let server = try await ProxyServer.start(
                upstream,
                capture: capture,
                options: options,
                logger: logger,
                group: group
            )
            onListening(server.host, server.port)
            // A cancelled task ends it as well.
            try? await gracefulShutdown()
            await server.stop(gracePeriod: options.gracePeriod, hurry: hurry, onWaiting: onWaiting)
        } catch {
            try? await group.shutdownGracefully()
            throw error
        }
        try await group.shutdownGracefully()
        await capture.drain()
    }

    /// Has what is under way cut at the end instead of waited for, at once where it is waited for already.
    public func cutAtEnd() {
        hurry.wish()
    }
}
#endif
