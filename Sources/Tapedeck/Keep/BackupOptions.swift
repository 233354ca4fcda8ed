/// How a store is backed up.
public struct BackupOptions: Sendable {
    /// Whether a file that has the name already is replaced. Nobody may have it open as a store meanwhile.
    public var replaces = false
    /// Whether a copy is verified before it takes the place of a file, which stays where the copy is damaged: it may be the
    /// last one that is not. That takes several times as long as the copying.
    public var verifiesReplacement = true
    /// Asked between steps of 4 MiB, and all through a verification. When it says true, the backup ends with the code
    /// `cancelled` and leaves nothing.
    public var isCancelled: (@Sendable () -> Bool)?
    /// Called after each step with what was copied so far.
    public var progress: (@Sendable (BackupSummary) -> Void)?

    /// Makes the default options: no file is replaced.
    public init() {}
}
