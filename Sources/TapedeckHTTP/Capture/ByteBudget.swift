#if HTTP
internal import Synchronization

/// The bytes that all captures may hold together.
final class ByteBudget: Sendable {
    let limit: Int
    private let used = Atomic(0)

    init(limit: Int) {
        self.limit = limit
    }

    /// Takes bytes, unless they are more than is left.
    func reserve(_ count: Int) -> Bool {
        let (_, after) = used.add(count, ordering: .relaxed)
        if after <= limit { return true }
        used.subtract(count, ordering: .relaxed)
        return false
    }

    /// Gives bytes back.
    func release(_ count: Int) {
        used.subtract(count, ordering: .relaxed)
    }

    /// Whether no more than half is taken.
    var isHalfFree: Bool { usedByteCount <= limit / 2 }

    /// The bytes that are taken.
    var usedByteCount: Int { used.load(ordering: .relaxed) }
}
#endif
