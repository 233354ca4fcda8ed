#if HTTP
internal import Logging
internal import NIOCore

/// Logs that a listening socket can accept no connection, as where there are no file descriptors: once, however often it
/// is tried, and once when it is over.
final class AcceptLog: ChannelInboundHandler {
    typealias InboundIn = any Channel
    typealias InboundOut = any Channel

    /// How long it must go well to be over. What is out of descriptors accepts one whenever another closes.
    private static let calm = TimeAmount.seconds(10)

    private let logger: Logger
    private let now: () -> NIODeadline
    /// When it failed last, while that is not over.
    private var latestFailure: NIODeadline?

    /// - Parameters:
    ///   - logger: where it is told.
    ///   - now: tells the time.
    init(_ logger: Logger, now: @escaping () -> NIODeadline = NIODeadline.now) {
        self.logger = logger
        self.now = now
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        if latestFailure == nil {
            logger.warning("no connection can be accepted", metadata: ["error": "\(error)"])
        }
        latestFailure = now()
        context.fireErrorCaught(error)
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        if let latestFailure, now() - latestFailure >= Self.calm {
            self.latestFailure = nil
            logger.notice("connections are accepted again")
        }
        context.fireChannelRead(data)
    }
}
#endif
