/// What a pruning did.
public struct PruneSummary: Sendable, Hashable {
    /// What became of the bytes of deleted exchanges.
    public enum Erasure: Sendable, Hashable {
        /// Nothing was to be deleted yet.
        case pending
        /// Nothing of a deleted exchange is left in the store's file or its log.
        case erased
        /// Another connection uses the log, so that it cannot be cut: one that reads what was there before the deletion, or one
        /// that commits all the time.
        case heldInLog
        /// It was not asked for. Deleted rows were overwritten, but copies may be left where SQLite once moved them, and in
        /// the log.
        case possiblyRemains
    }

    /// How many exchanges met the conditions at the beginning.
    public internal(set) var matchedCount = 0
    /// The bytes of their requests and responses.
    public internal(set) var matchedByteCount = 0
    /// How many exchanges were deleted.
    public internal(set) var deletedCount = 0
    /// The bytes of their requests and responses.
    public internal(set) var deletedByteCount = 0
    /// By how many bytes of free pages the file was cut.
    public internal(set) var freedByteCount = 0
    /// How long the longest transaction held the writer's lock.
    public internal(set) var longestTransaction = Duration.zero
    /// What became of the bytes of the deleted exchanges.
    public internal(set) var erasure = Erasure.pending
}
