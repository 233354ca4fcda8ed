/// How a store is verified.
public struct VerifyOptions: Sendable {
    /// Whether rows without a checksum get one if they are valid, and nothing is wrong with the file's structure. A checksum that
    /// does not fit is never replaced. The store must have been opened for writing.
    public var repairsChecksums = false
    /// Asked between rows, and while SQLite checks the file, then on another thread. When it says true, the verification ends with
    /// the code `cancelled`; rows that were given a checksum until then keep it.
    public var isCancelled: (@Sendable () -> Bool)?
    /// Called now and then with how far it is.
    public var progress: (@Sendable (VerifySummary) -> Void)?

    /// The defaults.
    public init() {}
}
