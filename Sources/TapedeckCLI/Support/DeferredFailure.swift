import Synchronization

/// Keeps what fails in a callback that cannot throw, for whoever can.
final class DeferredFailure: Sendable {
    private let failure = Mutex<(any Error)?>(nil)

    /// Does something, and keeps its failure.
    func attempt(_ body: () throws -> Void) {
        do { try body() } catch { failure.withLock { $0 = error } }
    }

    /// Throws what failed, if something did.
    func rethrow() throws {
        if let failure = failure.withLock({ $0 }) { throw failure }
    }
}
