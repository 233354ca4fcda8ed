/// Which exchanges are pruned, and how.
///
/// All conditions that are set must hold. Without any, nothing is pruned: at least one must be set.
///
/// ```swift
/// var options = PruneOptions()
/// options.protocols = [.prefix("kserve.")]
/// options.keepByteCount = 10_000_000_000  // of those, the newest 10 GB stay
/// ```
public struct PruneOptions: Sendable {
    /// Which protocols: those that match one of these; all of them where there is none.
    public var protocols: [ProtocolPattern] = []
    /// Only what was received before this time, in nanoseconds since 1970-01-01 00:00:00 UTC; nil for no bound.
    public var beforeNanoseconds: UInt128?
    /// Of the exchanges that meet the other conditions, the last ones stay, by insertion order: as many as have together no
    /// more than this number of bytes of requests and responses, 0 or more. Nil for none.
    public var keepByteCount: Int?
    /// Whether the file is written anew in the end (`VACUUM`), so that nothing of what was deleted is left in it. It takes as
    /// much free space as the store, and other writers wait meanwhile.
    public var erases = false
    /// Whether to find out what would be pruned, and change nothing.
    public var isDryRun = false
    /// Asked between transactions, and while it is found out what goes, then on another thread. When it says true, the pruning
    /// ends with the code `cancelled`; what was deleted until then stays deleted, and is not erased yet.
    public var isCancelled: (@Sendable () -> Bool)?
    /// Called after each transaction with what was done so far.
    public var progress: (@Sendable (PruneSummary) -> Void)?

    /// Makes options without a condition.
    public init() {}

    /// Whether a condition is set.
    public var hasCondition: Bool { !protocols.isEmpty || beforeNanoseconds != nil || keepByteCount != nil }
}
