/// What a verification found.
public struct VerifySummary: Sendable, Hashable {
    /// How many rows were read.
    public internal(set) var rowCount = 0
    /// The bytes of their payloads.
    public internal(set) var byteCount = 0
    /// How many of them have no checksum, so that a change of their content that leaves valid JSON cannot be seen.
    public internal(set) var uncoveredCount = 0
    /// How many of those were given one.
    public internal(set) var repairedCount = 0
    /// How often something was wrong.
    public internal(set) var damageCount = 0

    /// Whether nothing was wrong.
    public var isSound: Bool { damageCount == 0 }
}
