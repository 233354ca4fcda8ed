/// How archives are imported.
public struct ImportOptions: Sendable {
    /// What happens at a line that is no exchange.
    public enum BadLinePolicy: String, Sendable, CaseIterable {
        /// The import stops, and nothing of it is kept.
        case stop
        /// The line is left out and counted.
        case skip
    }

    /// What happens at a line that is no exchange.
    public var badLines = BadLinePolicy.stop
    /// How many exchanges are committed at a time, 1 or more; nil for all in one transaction.
    public var batchCount: Int?
    /// The longest line that is read, in bytes, 1 or more. A longer one is a bad line.
    public var lineLimit = ArchiveScanner.defaultLineLimit
    /// Called with every line that is left out. What it throws stops the import.
    public var onReject: (@Sendable (ArchiveReject) throws -> Void)?
    /// Called before the last commit, when all is read: it may take a second, and what is asked to end the program meanwhile
    /// cannot know what became of it.
    public var willCommit: (@Sendable () -> Void)?
    /// Called when all is committed: from then on it is in the store, whatever happens. Afterwards the log is still
    /// brought into the store's file, which for a large archive takes a while.
    public var onCommit: (@Sendable (ImportSummary) -> Void)?
    /// Called now and then with what was done so far.
    public var progress: (@Sendable (ImportSummary) -> Void)?

    /// Makes the default options: stop at a bad line, one transaction, lines up to 256 MiB.
    public init() {}
}
