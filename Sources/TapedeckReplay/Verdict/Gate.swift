/// One question that a verdict rests on, and its answer.
public struct Gate: Sendable, Hashable {
    /// The answer to a gate's question.
    public enum Outcome: String, Sendable, Hashable, CaseIterable, Codable {
        /// Nothing was shown, and nothing of importance can hide in the data.
        case pass
        /// The new build is shown to be worse than the limit allows.
        case regression
        /// Nothing was shown, but the data is too little or too noisy to rule out a difference that matters.
        case inconclusive
        /// There is too little to judge; the verdict does not depend on it.
        case notJudged = "not judged"
    }

    /// What it asks about: `differences`, `errors`, `latency p99`, `time to first event p50`, `gap between events p90`, with
    /// ` of ` and the tag for one protocol.
    public let name: String
    /// The protocol it is about; nil for all together.
    public let `protocol`: String?
    /// What was measured: a ratio of latencies (1 is equal), or a share of exchanges (0 through 1). Nil when nothing
    /// could be.
    public let measured: Double?
    /// Where the true value lies, with the confidence of 95 % that ``VerdictOptions`` explains.
    public let interval: ClosedRange<Double>?
    /// What the measured value may be at most.
    public let limit: Double
    /// The answer.
    public let outcome: Outcome
    /// The exchanges that were looked at.
    public let exchangeCount: Int
    /// About how many it would take, where they are too few.
    public let requiredCount: Int?
    /// The answer, for people.
    public let sentence: String
}
