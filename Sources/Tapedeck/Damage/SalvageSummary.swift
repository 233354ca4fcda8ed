/// What a salvage brought back.
public struct SalvageSummary: Sendable, Hashable {
    /// How many exchanges were written to the archive.
    public internal(set) var salvagedCount = 0
    /// How many of them have no checksum: they could be read, and are valid, but may have been changed.
    public internal(set) var uncoveredCount = 0
    /// How many of them the table no longer led to, so that they were found by a search of the file. They come last.
    public internal(set) var strayCount = 0
    /// The bytes of the archive.
    public internal(set) var byteCount = 0
    /// The ids of exchanges that were left out, in ascending order: they cannot be read, are not what was stored, or are
    /// gone while the index still knows them. Ids that were never used or deleted long ago may be among those that cannot
    /// be read.
    public internal(set) var missingIDs: [ClosedRange<Int64>] = []
    /// Whether the index could be asked which exchanges there were. Where it could not, some may be gone unseen.
    public internal(set) var isIndexReadable = true
}
