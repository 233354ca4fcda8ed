#if HTTP
internal import Dispatch
internal import Synchronization

/// Looks into captured bodies on a thread of its own, so that those that serve requests need not.
///
/// The captures that wait here are bounded by the budget of bytes that they hold.
final class AssemblyQueue: Sendable {
    /// How long the first that waits does so. Waking the thread costs the waker more than all else here, so that it is
    /// woken for many at a time.
    private static let delay = DispatchTimeInterval.milliseconds(5)

    private struct State {
        var waiting: [CapturedExchange] = []
        var isWakening = false
    }

    private let queue = DispatchQueue(label: "tapedeck.assembly")
    private let state = Mutex(State())
    private let work: @Sendable (inout CapturedExchange) -> Void

    /// - Parameter work: what to do with each, one after another. It may take the bodies out, to use their memory.
    init(_ work: @escaping @Sendable (inout CapturedExchange) -> Void) {
        self.work = work
    }

    /// Takes a capture and returns at once.
    func add(_ captured: consuming CapturedExchange) {
        var captured = Optional(captured)
        let mustWake = state.withLock { state in
            if let captured = captured.take() { state.waiting.append(captured) }
            defer { state.isWakening = true }
            return !state.isWakening
        }
        if mustWake { queue.asyncAfter(deadline: .now() + Self.delay) { self.workAll() } }
    }

    /// Returns once all that was taken before is worked on.
    func drain() async {
        await withCheckedContinuation { continuation in
            queue.async {
                self.workAll()
                continuation.resume()
            }
        }
    }

    private func workAll() {
        var batch = state.withLock { state in
            var batch: [CapturedExchange] = []
            swap(&batch, &state.waiting)
            state.isWakening = false
            return batch
        }
        for index in batch.indices { work(&batch[index]) }
    }
}
#endif
