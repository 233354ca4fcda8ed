/// How stores are merged.
public struct MergeOptions: Sendable {
    /// Called before the commit, when all is read: it may take a second, and what is asked to end the program meanwhile cannot
    /// know what became of it.
    public var willCommit: (@Sendable () -> Void)?
    /// Called when all is committed: from then on it is in the store, whatever happens. Afterwards the log is still
    /// brought into the store's file, which for large stores takes a while.
    public var onCommit: (@Sendable (MergeSummary) -> Void)?
    /// Called now and then with what was done so far.
    public var progress: (@Sendable (MergeSummary) -> Void)?

    /// Makes the default options.
    public init() {}
}
