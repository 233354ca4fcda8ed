/// What a store holds of one protocol.
public struct ProtocolSummary: Sendable, Hashable {
    /// The tag.
    public let `protocol`: String
    /// The number of exchanges.
    public let count: Int
    /// How many of them have no response.
    public let openCount: Int
    /// When the earliest was received, in nanoseconds since 1970-01-01 00:00:00 UTC.
    public let earliestNanoseconds: UInt128
    /// When the latest was received, in nanoseconds since 1970-01-01 00:00:00 UTC.
    public let latestNanoseconds: UInt128
}
