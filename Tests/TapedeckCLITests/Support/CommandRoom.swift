import Synchronization

/// Lets only so many commands run at a time: each takes some open files of the tests' own process, and from a thousand on
/// Foundation cannot start another.
final class CommandRoom: Sendable {
    private struct State {
        var freeCount = 8
        var waiting: [CheckedContinuation<Void, Never>] = []
    }

    static let shared = CommandRoom()

    private let state = Mutex(State())

    /// Returns when there is room.
    func enter() async {
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
    func leave() {
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
