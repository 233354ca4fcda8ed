#if HTTP
internal import Logging
internal import NIOCore
internal import NIOHTTP1
internal import NIOPosix
internal import NIOSSL

/// A proxy that listens.
struct ProxyServer {
    private let channel: any Channel
    private let loops: [NIOLoopBound<ProxyLoop>]
    private let log: UpstreamLog

    var host: String { channel.localAddress?.ipAddress ?? "" }
    var port: Int { channel.localAddress?.port ?? 0 }

    /// Starts to listen.
    static func start(
        _ upstream: UpstreamAddress,
        capture: HTTPCapture,
        options: ProxyOptions,
        logger: Logger,
        group: MultiThreadedEventLoopGroup
    ) async throws -> ProxyServer {
        let security = upstream.isSecure ? try makeSecurity(options) : nil
        let log = UpstreamLog(logger, clock: capture.clock)
        var loops: [ObjectIdentifier: NIOLoopBound<ProxyLoop>] = [:]
        for eventLoop in group.makeIterator() {
            loops[ObjectIdentifier(eventLoop)] = try await eventLoop.submit {
                let loop = ProxyLoop(
                    upstream,
                    options: options,
                    security: security,
                    capture: capture,
                    log: log,
                    eventLoop: eventLoop
                )
                loop.start(on: eventLoop)
                return NIOLoopBound(loop, eventLoop: eventLoop)
            }.get()
        }
        let channel = try await listen(options, loops, group, logger)
        return ProxyServer(channel: channel, loops: Array(loops.values), log: log)
    }

    /// Accepts nothing more, waits for what is under way, and cuts what takes longer than the grace period.
    ///
    /// - Parameters:
    ///   - gracePeriod: how long to wait.
    ///   - hurry: ends the wait.
    ///   - onWaiting: called with the number of requests that are waited for, unless there are none.
    func stop(gracePeriod: TimeAmount, hurry: ProxyHurry, onWaiting: (Int) -> Void) async {
        try? await channel.close()
        let endings = loops.map { (bound: $0, promise: $0.eventLoop.makePromise(of: Void.self)) }
        var requestCount = 0
        for (bound, promise) in endings {
            let count = bound.eventLoop.submit { bound.value.stop(promise) }
            requestCount += (try? await count.get()) ?? 0
        }
        if requestCount > 0 { onWaiting(requestCount) }
        // A wish that comes later finds no loops any more.
        defer { hurry.end() }
        hurry.whenWished { [loops] in
            for bound in loops { bound.eventLoop.execute { bound.value.cut() } }
        }
        await withTaskGroup { tasks in
            for (bound, promise) in endings {
                tasks.addTask {
                    let cut = bound.eventLoop.scheduleTask(in: gracePeriod) { bound.value.cut() }
                    try? await promise.futureResult.get()
                    cut.cancel()
                    try? await bound.eventLoop.submit { bound.value.close() }.get()
                }
            }
        }
        log.tellRest()
    }

    private static func listen(
        _ options: ProxyOptions,
        _ loops: [ObjectIdentifier: NIOLoopBound<ProxyLoop>],
        _ group: MultiThreadedEventLoopGroup,
        _ logger: Logger
    ) async throws -> any Channel {
        let bootstrap = ServerBootstrap(group: group)
            .serverChannelOption(.backlog, value: 1024)
            .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
            .serverChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    let pipeline = channel.pipeline.syncOperations
                    // Without it a loop that is out of file descriptors tries again at once, for ever.
                    try pipeline.addHandler(AcceptBackoffHandler())
                    try pipeline.addHandler(AcceptLog(logger))
                    try pipeline.addHandler(ConnectionLimit(options.maximumConnectionCount))
                }
            }
            .childChannelOption(.autoRead, value: false)
            .childChannelOption(.socketOption(.tcp_nodelay), value: 1)
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    guard let loop = loops[ObjectIdentifier(channel.eventLoop)]?.value else { return }
                    let pipeline = channel.pipeline.syncOperations
                    try pipeline.addHandler(ByteToMessageHandler(HTTPRequestDecoder()))
                    try pipeline.addHandler(ClientConnection(loop))
                }
            }
        do {
            return try await bootstrap.bind(host: options.host, port: options.port).get()
        } catch {
            throw HTTPCaptureError(
                .cannotListen,
                "cannot listen on \(options.host) port \(options.port): \(error). Is another program there?"
            )
        }
    }

    private static func makeSecurity(_ options: ProxyOptions) throws -> NIOSSLContext {
        var configuration = TLSConfiguration.makeClientConfiguration()
        configuration.applicationProtocols = ["http/1.1"]
        if let path = options.trustedCertificatesPath {
            configuration.trustRoots = try TrustedCertificates.roots(in: path)
        }
        do {
            return try NIOSSLContext(configuration: configuration)
        } catch {
            throw HTTPCaptureError(.invalidCertificates, "TLS cannot be used: \(error)")
        }
    }
}
#endif
