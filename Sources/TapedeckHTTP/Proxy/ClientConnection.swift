#if HTTP
#if canImport(Glibc)
private import Glibc
#elseif canImport(Musl)
private import Musl
#else
private import Darwin
#endif
internal import NIOCore
internal import NIOHTTP1

/// A client's connection: takes its requests one after another and passes each to the upstream and the answer back.
///
/// Nothing is read that cannot be passed on: it reads again only when what it read was taken by the upstream's
/// connection, and lets that one read only when the client takes what it gets.
final class ClientConnection: ChannelInboundHandler {
    typealias InboundIn = HTTPServerRequestPart
    typealias OutboundOut = ByteBuffer

    /// The exchange that is under way.
    struct Exchange: ~Copyable {
        let head: HTTPRequestHead
        var capture: ExchangeCapture?
        var upstream: UpstreamConnection?
        /// The framing of the response's body, once its head was passed on.
        var responseFraming: MessageFraming?
        var isRequestWhole = false
        /// Whether the client's connection may serve another request.
        var isKeptAlive: Bool
        /// Whether it was tried again on a new connection.
        var isRepeated = false
        /// Whether the upstream has data that the client is not ready for.
        var isUpstreamHeld = false
    }

    let loop: ProxyLoop
    var context: ChannelHandlerContext?
    var exchange: Exchange?
    /// What came from the client and cannot be passed on yet: it belongs to a later request, or the upstream's
    /// connection is not there yet. It is no more than one read.
    var waiting = CircularBuffer<HTTPServerRequestPart>()
    var outgoing = OutgoingBytes()
    var lastActivity = NIODeadline.now()
    /// Whether the connection ends as soon as all was sent; nothing is taken from the client any more.
    var isEnding = false
    /// What to answer when all that came before is answered: what the client sent last is no request.
    private var refusal: FailureResponse?
    private var isWorking = false

    init(_ loop: ProxyLoop) {
        self.loop = loop
    }

    func handlerAdded(context: ChannelHandlerContext) {
        self.context = context
        outgoing.use(context.channel.allocator)
    }

    func handlerRemoved(context: ChannelHandlerContext) {
        self.context = nil
    }

    func channelActive(context: ChannelHandlerContext) {
        loop.add(self)
        context.read()
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        guard !isEnding else { return }
        waiting.append(unwrapInboundIn(data))
        work()
    }

    func channelReadComplete(context: ChannelHandlerContext) {
        guard !isEnding else {
            context.read()
            return
        }
        lastActivity = .now()
        exchange?.upstream?.flush()
        readMore()
    }

    func channelWritabilityChanged(context: ChannelHandlerContext) {
        guard context.channel.isWritable else { return }
        lastActivity = .now()
        if exchange?.isUpstreamHeld == true {
            exchange?.isUpstreamHeld = false
            exchange?.upstream?.read()
        }
    }

    func channelInactive(context: ChannelHandlerContext) {
        isEnding = true
        waiting.removeAll()
        dropExchange(because: .clientLeft)
        loop.remove(self)
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        guard let error = error as? HTTPParserError, hasWholeRequests else {
            return cut(because: .clientLeft)
        }
        // What was asked before is answered first; of what follows nothing can be read.
        refusal = error == .headerOverflow ? .tooLargeHead : .badRequest
        work()
    }

    /// Whether what the client sent so far ends with the end of a request.
    private var hasWholeRequests: Bool {
        if let last = waiting.last {
            if case .end = last { return true }
            return false
        }
        return exchange == nil || exchange?.isRequestWhole == true
    }

    /// Passes on what waits, as far as it can be.
    func work() {
        guard !isWorking else { return }
        isWorking = true
        defer { isWorking = false }
        while !isEnding, let part = waiting.first {
            switch part {
            case .head(let head):
                if exchange != nil { return }
                waiting.removeFirst()
                begin(head)
            case .body(let piece):
                guard exchange?.upstream != nil else { return }
                waiting.removeFirst()
                piece.withUnsafeReadableBytes { exchange?.capture?.requestBody($0) }
                exchange?.upstream?.write(.body(.byteBuffer(piece)))
            case .end(let trailers):
                guard exchange?.upstream != nil else { return }
                waiting.removeFirst()
                exchange?.isRequestWhole = true
                exchange?.capture?.requestEnd()
                exchange?.upstream?.write(.end(trailers))
            }
        }
        if !isEnding, exchange == nil, let refusal { refuse(refusal) }
    }

    /// Reads on, unless something still waits to be passed on.
    ///
    /// It also reads while a response is awaited, so that the next request is there at once and no interest in reading
    /// needs to be registered anew for each.
    func readMore() {
        guard !isEnding, refusal == nil, waiting.isEmpty, exchange?.upstream?.isWritable != false else {
            return
        }
        context?.read()
    }

    /// Ends the connection at once if it is not needed, and otherwise after the exchange that is under way.
    func stop() {
        if exchange == nil {
            finish()
        } else {
            exchange?.isKeptAlive = false
        }
    }

    /// Ends the connection at once, in a way that the client cannot take for the end of a response.
    ///
    /// - Parameter failure: why.
    func cut(because failure: ExchangeFailure?) {
        isEnding = true
        if exchange?.responseFraming == .untilClose {
            // Only a reset tells such a client that something is missing.
            _ = (context?.channel as? any SocketOptionProvider)?.setSoLinger(linger(l_onoff: 1, l_linger: 0))
        }
        dropExchange(because: failure)
        context?.close(promise: nil)
    }

    /// Ends the connection once all that was written is sent.
    ///
    /// - Parameter isClientSending: whether the client may still be sending a request. It would then be answered by a
    ///   reset, and might never see the response. So only this side's direction is ended, and what still comes is passed
    ///   over until the client ends, too.
    func finish(isClientSending: Bool = false) {
        guard !isEnding, let context else { return }
        isEnding = true
        lastActivity = .now()
        waiting.removeAll()
        outgoing.hand { context.write(wrapOutboundOut($0), promise: nil) }
        context.writeAndFlush(wrapOutboundOut(ByteBuffer())).assumeIsolated().whenComplete { _ in
            context.close(mode: isClientSending ? .output : .all, promise: nil)
            if isClientSending { context.read() }
        }
    }

    func flush() {
        guard let context else { return }
        outgoing.hand { context.write(wrapOutboundOut($0), promise: nil) }
        context.flush()
        outgoing.reuse()
    }

    private func dropExchange(because failure: ExchangeFailure?) {
        exchange?.capture?.abort(because: failure)
        exchange?.upstream?.close()
        exchange = nil
    }
}
#endif
