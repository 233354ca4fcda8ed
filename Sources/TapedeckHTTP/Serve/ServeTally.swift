#if HTTP
internal import Synchronization

/// Counts what a server does, from any thread.
final class ServeTally: Sendable {
    private let statistics = Mutex(ReplayServer.Statistics())

    var current: ReplayServer.Statistics { statistics.withLock { $0 } }

    func update(_ change: (inout ReplayServer.Statistics) -> Void) {
        statistics.withLock { change(&$0) }
    }
}
#endif
