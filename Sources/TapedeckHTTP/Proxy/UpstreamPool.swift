#if HTTP
internal import NIOCore
internal import NIOHTTP1
internal import NIOPosix
internal import NIOSSL

/// The connections to the upstream that belong to one event loop, so that no exchange leaves its thread.
final class UpstreamPool {
    private let upstream: UpstreamAddress
    private let options: ProxyOptions
    private let security: NIOSSLContext?
    private let eventLoop: any EventLoop
    /// Those that wait for an exchange, the one that was used last at the end.
    private var waiting: [UpstreamConnection] = []
    private var isClosed = false

    init(
        _ upstream: UpstreamAddress,
        options: ProxyOptions,
        security: NIOSSLContext?,
        eventLoop: any EventLoop
    ) {
        self.upstream = upstream
        self.options = options
        self.security = security
        self.eventLoop = eventLoop
    }

    /// Takes a connection that waits, if there is one that the upstream will not just close.
    func take() -> UpstreamConnection? {
        closeIdle(now: .now())
        return waiting.popLast()
    }

    func add(_ connection: UpstreamConnection) {
        guard !isClosed else { return connection.close() }
        waiting.append(connection)
    }

    func remove(_ connection: UpstreamConnection) {
        waiting.removeAll { $0 === connection }
    }

    /// Makes a connection.
    func connect() -> EventLoopFuture<NIOLoopBound<UpstreamConnection>> {
        let connection = NIOLoopBound(UpstreamConnection(self), eventLoop: eventLoop)
        let pool = NIOLoopBound(self, eventLoop: eventLoop)
        return ClientBootstrap(group: eventLoop)
            .channelOption(.autoRead, value: false)
            .channelOption(.socketOption(.tcp_nodelay), value: 1)
            .connectTimeout(options.connectTimeout)
            .channelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try pool.value.addHandlers(to: channel, connection.value)
                }
            }
            .connect(host: upstream.host, port: upstream.port)
            .map { _ in connection }
    }

    /// Closes what has waited too long.
    func closeIdle(now: NIODeadline) {
        // Those that wait longest come first.
        let count = waiting.prefix { now - $0.lastActivity >= options.upstreamIdleTimeout }.count
        let idle = waiting.prefix(count)
        waiting.removeFirst(count)
        for connection in idle { connection.close() }
    }

    /// Closes all that wait, and those that will.
    func close() {
        isClosed = true
        let all = waiting
        waiting = []
        for connection in all { connection.close() }
    }

    private func addHandlers(to channel: any Channel, _ connection: UpstreamConnection) throws {
        let pipeline = channel.pipeline.syncOperations
        if let security {
            let name = upstream.isNumeric ? nil : upstream.host
            try pipeline.addHandler(NIOSSLClientHandler(context: security, serverHostname: name))
        }
        try pipeline.addHandler(UpstreamRequestEncoder(upstream))
        try pipeline.addHandler(
            ByteToMessageHandler(HTTPResponseDecoder(informationalResponseStrategy: .forward))
        )
        try pipeline.addHandler(connection)
    }
}
#endif
