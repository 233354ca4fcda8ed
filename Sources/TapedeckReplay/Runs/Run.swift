/// One call of a replay, resumed or not.
public struct Run: Sendable, Hashable {
    /// Its number in its file, from 1.
    public let id: Int64
    /// When it began, in nanoseconds since 1970-01-01 00:00:00 UTC.
    public let startedNanoseconds: UInt64
    /// When every exchange had its result, likewise; nil for a run that was stopped, or is under way.
    public let finishedNanoseconds: UInt64?
    /// The path of the store that was replayed.
    public let storePath: String
    /// What was sent, and how.
    public let settings: ReplaySettings
    /// How many exchanges have a result.
    public let exchangeCount: Int
}
