#if HTTP
internal import NIOCore

/// Lets a listening socket accept only as many connections as may be open at a time.
///
/// As many as one read accepts at once, four, may go beyond it.
final class ConnectionLimit: ChannelDuplexHandler {
    typealias InboundIn = any Channel
    typealias InboundOut = any Channel
    typealias OutboundIn = Never

    private let maximumCount: Int
    private var count = 0
    private var holdsRead = false

    init(_ maximumCount: Int) {
        self.maximumCount = maximumCount
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        count += 1
        let limit = NIOLoopBound((self, context), eventLoop: context.eventLoop)
        unwrapInboundIn(data).closeFuture.hop(to: context.eventLoop).whenComplete { _ in
            let (handler, context) = limit.value
            handler.count -= 1
            if handler.holdsRead, handler.count < handler.maximumCount {
                handler.holdsRead = false
                context.read()
            }
        }
        context.fireChannelRead(data)
    }

    func read(context: ChannelHandlerContext) {
        if count < maximumCount { context.read() } else { holdsRead = true }
    }
}
#endif
