/// How far a replay is.
public struct ReplayProgress: Sendable, Hashable {
    /// Exchanges that have their results, those of an earlier part of a resumed run aside.
    public var finishedCount = 0
    /// Exchanges that had their results when the run was resumed.
    public var resumedCount = 0
    /// Exchanges under way.
    public var inFlightCount = 0
    /// Finished exchanges whose candidate failed or answered with a status of 400 or more.
    public var errorCount = 0
    /// How much later than planned the latest request was sent, in nanoseconds.
    public var latestLagNanoseconds: UInt64 = 0
    /// Exchanges that were not sent because a change leads to a place that they do not have, or they are no JSON.
    public var unchangeableCount = 0
    /// Exchanges that were not sent because their request was cut off when it was captured.
    public var cutCount = 0
    /// Exchanges whose extra member `http` was malformed and so not heeded.
    public var malformedCount = 0
}
