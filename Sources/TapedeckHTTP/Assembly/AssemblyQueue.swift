#if HTTP
internal import Dispatch
internal import Synchronization

/// Looks into captured bodies on a thread of its own, so that those that serve requests need not.
///
/// The captures that wait here are bounded by the budget of bytes that they hold.
final class AssemblyQueue: Sendable {
    private struct State {
        var waiting: [CapturedExchange] = []
        var isRunning = false
    }

    private let queue = DispatchQueue(label: "tapedeck.assembly")
    private let state = Mutex(State())
    private let work: @Sendable (CapturedExchange) -> Void

    /// - Parameter work: what to do with each, one after another.
    init(_ work: @escaping @Sendable (CapturedExchange) -> Void) {
        self.work = work
    }

    /// Takes a capture and returns at once. The thread is woken only if it sleeps.
    func add(_ captured: consuming CapturedExchange) {
        var captured = Optional(captured)
        let mustWake = state.withLock { state in
            if let captured = captured.take() { state.waiting.append(captured) }
            defer { state.isRunning = true }
            return !state.isRunning
        }
        if mustWake { queue.async { self.workAll() } }
    }

    /// Returns once all that was taken before is worked on.
    func drain() async {
        await withCheckedContinuation { continuation in
            queue.async { continuation.resume() }
        }
    }

    private func workAll() {
        while true {
            let batch = state.withLock { state in
                var batch: [CapturedExchange] = []
                swap(&batch, &state.waiting)
                if batch.isEmpty { state.isRunning = false }
                return batch
            }
            if batch.isEmpty { return }
            for captured in batch { work(captured) }
        }
    }
}
#endif
