#if HTTP
internal import NIOCore
internal import NIOHTTP1

/// Writes requests to the upstream.
///
/// It stands where SwiftNIO's encoder would, so that the response's decoder, which must know the methods, sees the heads
/// go by. Unlike that one it leaves out what is for one hop only without making new headers, and gathers small writes.
final class UpstreamRequestEncoder: ChannelOutboundHandler {
    typealias OutboundIn = HTTPClientRequestPart
    typealias OutboundOut = ByteBuffer

    private let upstream: UpstreamAddress
    private var framing = MessageFraming.none
    private var outgoing = OutgoingBytes()

    init(_ upstream: UpstreamAddress) {
        self.upstream = upstream
    }

    func handlerAdded(context: ChannelHandlerContext) {
        outgoing.use(context.channel.allocator)
    }

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        switch unwrapOutboundIn(data) {
        case .head(let head):
            framing = MessageFraming(request: head.headers) ?? .none
            let target = RequestTarget.forwarded(head.uri, prefix: upstream.pathPrefix)
            outgoing.withBytes { $0.writeRequest(head, target: target, framing, to: upstream) }
        case .body(.byteBuffer(let piece)):
            outgoing.append(piece, framing) { context.write(wrapOutboundOut($0), promise: nil) }
        case .body:
            // Nobody here sends files.
            break
        case .end(let trailers):
            outgoing.withBytes { $0.writeBodyEnd(framing, trailers: trailers) }
        }
    }

    func flush(context: ChannelHandlerContext) {
        outgoing.hand { context.write(wrapOutboundOut($0), promise: nil) }
        context.flush()
        outgoing.reuse()
    }
}
#endif
