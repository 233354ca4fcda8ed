/// What an import did.
public struct ImportSummary: Sendable, Hashable {
    /// How many of the lines that were left out are named.
    static let namedRejects = 5

    /// How many exchanges were stored.
    public internal(set) var importedCount = 0
    /// How many lines were left out.
    public internal(set) var rejectedCount = 0
    /// The first few of those.
    public internal(set) var firstRejects: [ArchiveReject] = []
    /// How many bytes of the archives were read.
    public internal(set) var byteCount = 0
}
