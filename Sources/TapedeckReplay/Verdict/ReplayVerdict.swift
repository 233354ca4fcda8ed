/// A verdict with all that it rests on.
public struct ReplayVerdict: Sendable, Hashable {
    /// Whether the new build is a regression.
    public let verdict: Verdict
    /// The gates: differences, errors, latencies of all exchanges, then those of each protocol.
    public let gates: [Gate]
    /// The member paths at which anything differed, the most striking first.
    public let paths: [PathFinding]
    /// The exchanges that were replayed.
    public let exchangeCount: Int
    /// Those that could not be compared, as they have no response, or the baseline did not answer twice.
    public let leftOutCount: Int
    /// The options that it was made by.
    public let options: VerdictOptions
}
