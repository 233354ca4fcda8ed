/// What was found at one member path, such as `/choices/*/finish_reason`.
public struct PathFinding: Sendable, Hashable {
    /// The member path.
    public let path: String
    /// The counts the finding rests on.
    public let counts: DifferenceCounts
    /// The probability that chance alone leads to such counts.
    public let pValue: Double
    /// That probability, corrected for the number of paths.
    public let adjustedPValue: Double
    /// With a baseline, how much more often the new build differs than the baseline from itself; without one, how often it
    /// differs: shares of exchanges, with 95 % confidence for this path by itself.
    public let interval: ClosedRange<Double>
    /// Whether it is a regression.
    public let outcome: Gate.Outcome
    /// The finding, for people.
    public let sentence: String
}
