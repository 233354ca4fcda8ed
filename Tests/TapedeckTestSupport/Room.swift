import Synchronization

/// Lets only so many do something at a time: all tests are begun at once, each holds open files of the one process that
/// they share, and from some 1,300 on Foundation reads beyond a buffer when it starts a command.
package final class Room: Sendable {
    private struct State {
        var freeCount: Int
        var waiting: [CheckedContinuation<Void, Never>] = []
    }

    private let state: Mutex<State>

    package init(for count: Int) {
        state = Mutex(State(freeCount: count))
    }

    /// Returns when there is room.
    package func enter() async {
        await withCheckedContinuation { continuation in
            let mayGo = state.withLock { state in
                if state.freeCount > 0 {
                    state.freeCount -= 1
                    return true
                }
                state.waiting.append(continuation)
                return false
            }
            if mayGo { continuation.resume() }
        }
    }

    /// Gives the room to the one that waits longest.
    package func leave() {
        let next = state.withLock { state -> CheckedContinuation<Void, Never>? in
            guard !state.waiting.isEmpty else {
                state.freeCount += 1
                return nil
            }
            return state.waiting.removeFirst()
        }
        next?.resume()
    }
}
