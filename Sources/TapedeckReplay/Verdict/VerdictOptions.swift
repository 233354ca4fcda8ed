/// What a verdict allows, and how sure it must be.
///
/// ```swift
/// var options = VerdictOptions()
/// options.maximumLatencyRatio = 1.10
/// let verdict = evidence.verdict(options: options)
/// ```
public struct VerdictOptions: Sendable, Hashable {
    /// How many times as long as the baseline the new build may take, 1 or more. Less is not worth a word.
    public var maximumLatencyRatio = 1.05
    /// Whether latencies are judged by a reference that was measured under another load, too. A server that is asked more at
    /// once answers later, without being any worse.
    public var judgesLatencyUnderAnyLoad = false
    /// The shortest time that counts, in nanoseconds: what is shorter is taken as that long. Events that come in one packet
    /// are a few thousandths of a millisecond apart, and many times that is still nothing that anybody waits for.
    public var latencyFloorNanoseconds: UInt64 = 1_000_000
    /// The share of exchanges that may differ at a member path, 0 through 1. With a baseline it is what may come on top of
    /// the baseline's own differences.
    public var maximumMismatchRate = 0.0
    /// The share of exchanges that may fail, 0 through 1. With a baseline it is what may come on top of the baseline's own
    /// failures.
    public var maximumErrorRate = 0.0

    /// How large a slowdown must not hide: where it cannot be ruled out with 97.5 % confidence, nothing can be said. Above
    /// `maximumLatencyRatio`.
    public var hidingLatencyRatio = 1.25
    /// How large a share of differing or failing exchanges beyond the limit must not hide, above 0 and at most 1.
    public var hidingShare = 0.05

    /// The probability with which the differences, or the errors, of an unchanged build may be called a regression.
    public var significanceLevel = 0.01
    /// The probability with which all intervals of latency together hold the true ratios, above 0 and below 1.
    public var confidence = 0.95
    /// How often exchanges are drawn again for an interval, 100 or more. Of more than 10,000 exchanges it is done less often,
    /// but 500 times at least.
    public var resampleCount = 10_000
    /// Where the draws start. The same evidence and seed give the same verdict.
    public var seed: UInt64 = 1

    /// The defaults.
    public init() {}

    /// Traps where an option is outside of its range.
    func check() {
        precondition(maximumLatencyRatio >= 1 && hidingLatencyRatio > maximumLatencyRatio)
        precondition((0...1).contains(maximumMismatchRate) && (0...1).contains(maximumErrorRate))
        precondition(hidingShare > 0 && hidingShare <= 1)
        precondition(significanceLevel > 0 && significanceLevel < 1)
        precondition(confidence > 0 && confidence < 1 && resampleCount >= 100)
    }

    /// The interval of many exchanges is narrow, and how precisely its ends are known matters less than the time.
    func resampleCount(for exchangeCount: Int) -> Int {
        min(resampleCount, max(500, 100_000_000 / max(1, exchangeCount)))
    }
}
