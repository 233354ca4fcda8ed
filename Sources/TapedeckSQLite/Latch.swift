internal import Synchronization

/// Stays with the first yes of a question that may be answered otherwise later.
///
/// What one place stops for, another must not take for a failure, or for the end.
package final class Latch: Sendable {
    private let predicate: @Sendable () -> Bool
    private let wasTrue = Atomic(false)

    private init(_ predicate: @escaping @Sendable () -> Bool) {
        self.predicate = predicate
    }

    private var isTrue: Bool {
        if wasTrue.load(ordering: .relaxed) { return true }
        guard predicate() else { return wasTrue.load(ordering: .relaxed) }
        wasTrue.store(true, ordering: .relaxed)
        return true
    }

    /// Asks `predicate` until it says true, and no more then.
    package static func of(_ predicate: (@Sendable () -> Bool)?) -> (@Sendable () -> Bool)? {
        guard let predicate else { return nil }
        let latch = Latch(predicate)
        return { latch.isTrue }
    }
}
