#if HTTP
internal import Synchronization

/// Somebody's wish that a proxy that ends waits no longer. It may come before the end does.
final class ProxyHurry: Sendable {
    private struct State {
        var isWished = false
        var action: (@Sendable () -> Void)?
    }

    private let state = Mutex(State())

    func wish() {
        let action = state.withLock { state in
            state.isWished = true
            return state.action.take()
        }
        action?()
    }

    /// Forgets what was to be done: the end has come.
    func end() {
        state.withLock { state in
            state.isWished = true
            state.action = nil
        }
    }

    /// Has something done as soon as it is wished for, at once where it was.
    func whenWished(_ action: @escaping @Sendable () -> Void) {
        let isWished = state.withLock { state in
            if !state.isWished { state.action = action }
            return state.isWished
        }
        if isWished { action() }
    }
}
#endif
