#if HTTP
internal import NIOCore
internal import NIOHTTP1
internal import NIOSSL

/// A connection to the upstream: it serves one client's exchange at a time and waits for the next one in between.
final class UpstreamConnection: ChannelInboundHandler {
    typealias InboundIn = HTTPClientResponsePart
    typealias OutboundOut = HTTPClientRequestPart

    /// Whose exchange is under way; nil while the connection waits for one.
    private var client: ClientConnection?
    private var context: ChannelHandlerContext?
    private let pool: UpstreamPool
    private var isKeptAlive = true
    /// Whether it has served an exchange before the one that is under way.
    private(set) var isReused = false
    /// Whether anything of the response has come.
    private(set) var hasResponse = false
    /// When the upstream was last heard of, or last given something to answer.
    var lastActivity = NIODeadline.now()

    init(_ pool: UpstreamPool) {
        self.pool = pool
    }

    var isWritable: Bool { context?.channel.isWritable ?? false }

    // MARK: What the client's side calls

    /// Begins an exchange.
    func begin(_ client: ClientConnection) {
        self.client = client
        hasResponse = false
        lastActivity = .now()
    }

    func write(_ part: HTTPClientRequestPart) {
        context?.write(wrapOutboundOut(part), promise: nil)
    }

    func flush() {
        lastActivity = .now()
        context?.flush()
    }

    func read() {
        lastActivity = .now()
        context?.read()
    }

    /// Ends the exchange that is under way. The connection waits for the next one if it can.
    func end(isWhole: Bool) {
        client = nil
        if isWhole, isKeptAlive, let context, context.channel.isActive {
            isReused = true
            lastActivity = .now()
            pool.add(self)
        } else {
            close()
        }
    }

    func close() {
        client = nil
        context?.close(promise: nil)
    }

    // MARK: What the channel calls

    func handlerAdded(context: ChannelHandlerContext) {
        self.context = context
    }

    func handlerRemoved(context: ChannelHandlerContext) {
        self.context = nil
    }

    func channelActive(context: ChannelHandlerContext) {
        context.fireChannelActive()
        context.read()
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        guard let client else { return close() }
        switch unwrapInboundIn(data) {
        case .head(let head):
            hasResponse = true
            // The upgrades that would make this answer right are never passed on.
            guard head.status != .switchingProtocols else { return fail() }
            if head.status.code >= 200 { isKeptAlive = head.isKeepAlive }
            client.upstreamHead(head)
        case .body(let piece):
            client.upstreamBody(piece)
        case .end(let trailers):
            client.upstreamEnd(trailers)
        }
    }

    func channelReadComplete(context: ChannelHandlerContext) {
        lastActivity = .now()
        if let client {
            client.upstreamReadComplete(self)
        } else {
            // Waiting connections are read too, so that their end is noticed.
            context.read()
        }
    }

    func channelWritabilityChanged(context: ChannelHandlerContext) {
        guard context.channel.isWritable else { return }
        lastActivity = .now()
        client?.upstreamIsWritable()
    }

    func channelInactive(context: ChannelHandlerContext) {
        fail()
        pool.remove(self)
        context.fireChannelInactive()
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        let isInsecure = Self.isHandshakeFailure(error)
        fail(with: isInsecure ? .insecure : .failed, because: error)
        context.close(promise: nil)
    }

    /// Tells the client's side, once, that the exchange cannot go on here.
    private func fail(with response: FailureResponse = .failed, because error: (any Error)? = nil) {
        guard let client else { return }
        self.client = nil
        client.upstreamFailed(self, with: response, because: error)
        close()
    }

    private static func isHandshakeFailure(_ error: any Error) -> Bool {
        if case .handshakeFailed = error as? NIOSSLError { return true }
        return error is NIOSSLExtraError
    }
}
#endif
