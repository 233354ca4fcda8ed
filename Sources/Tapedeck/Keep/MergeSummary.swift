/// What a merge did.
public struct MergeSummary: Sendable, Hashable {
    /// How many exchanges were added.
    public internal(set) var mergedCount = 0
    /// The bytes of their texts.
    public internal(set) var byteCount = 0
}
