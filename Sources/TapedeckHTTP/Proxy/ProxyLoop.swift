#if HTTP
internal import NIOCore
internal import NIOSSL

/// What the connections of one event loop share.
final class ProxyLoop {
    let options: ProxyOptions
    let pool: UpstreamPool
    /// What the upstream's address puts before each path.
    let pathPrefix: String
    let capture: HTTPCapture
    let log: UpstreamLog
    private var clients: [ObjectIdentifier: ClientConnection] = [:]
    private(set) var isStopping = false
    private var whenEmpty: EventLoopPromise<Void>?
    private var sweep: RepeatedTask?

    init(
        _ upstream: UpstreamAddress,
        options: ProxyOptions,
        security: NIOSSLContext?,
        capture: HTTPCapture,
        log: UpstreamLog,
        eventLoop: any EventLoop
    ) {
        self.options = options
        pathPrefix = upstream.pathPrefix
        self.capture = capture
        self.log = log
        pool = UpstreamPool(upstream, options: options, security: security, eventLoop: eventLoop)
    }

    /// Begins to look for connections that have been silent for too long. One look at all of them costs less than a
    /// timer for each.
    func start(on eventLoop: any EventLoop) {
        let shortest = min(options.upstreamTimeout, options.clientTimeout, options.upstreamIdleTimeout)
        let interval = max(
            TimeAmount.milliseconds(10),
            min(.seconds(1), TimeAmount.nanoseconds(shortest.nanoseconds / 4))
        )
        let bound = NIOLoopBound(self, eventLoop: eventLoop)
        sweep = eventLoop.scheduleRepeatedTask(initialDelay: interval, delay: interval) { _ in
            bound.value.closeSilent()
        }
    }

    func add(_ client: ClientConnection) {
        clients[ObjectIdentifier(client)] = client
        if isStopping { client.stop() }
    }

    func remove(_ client: ClientConnection) {
        clients[ObjectIdentifier(client)] = nil
        if clients.isEmpty { whenEmpty?.succeed() }
    }

    /// Ends connections that wait for a request, and the others once they have answered.
    ///
    /// - Parameter promise: is kept when there are none left.
    /// - Returns: how many requests are under way.
    func stop(_ promise: EventLoopPromise<Void>) -> Int {
        isStopping = true
        whenEmpty = promise
        if clients.isEmpty { promise.succeed() }
        for client in Array(clients.values) { client.stop() }
        return clients.values.count { $0.exchange != nil }
    }

    /// Cuts the connections that are left.
    func cut() {
        for client in Array(clients.values) { client.cut(because: .shutdown) }
    }

    /// Ends what remains, when there are no clients any more.
    func close() {
        sweep?.cancel()
        pool.close()
    }

    private func closeSilent() {
        let now = NIODeadline.now()
        for client in Array(clients.values) { client.checkSilence(now: now) }
        pool.closeIdle(now: now)
    }
}
#endif
