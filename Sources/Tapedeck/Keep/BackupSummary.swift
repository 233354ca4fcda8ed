/// What a backup did.
public struct BackupSummary: Sendable, Hashable {
    /// The bytes of pages that were copied.
    public internal(set) var byteCount = 0
    /// The bytes of all pages that the copy has.
    public internal(set) var totalByteCount = 0
    /// The largest id of an exchange that the copy holds, 0 for none: what was stored later has a larger one.
    public internal(set) var lastID: Int64 = 0
    /// Whether the copy was verified, as it took the place of a file.
    public internal(set) var isVerified = false
}
