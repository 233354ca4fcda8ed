/// What came out when one exchange was replayed, as far as a verdict needs it: no payloads.
///
/// The new build's answer is compared with a reference: the baseline's answer, or the recorded response. Where the baseline
/// was asked a second time, that answer is compared with the same reference, which shows how much the build that is
/// known to be good differs from itself.
public struct ExchangeOutcome: Sendable, Hashable {
    /// The exchange's protocol tag.
    public var `protocol`: String
    /// The member paths at which the new build's answer differs from the reference; nil where there is no reference, as
    /// with an open exchange and no baseline.
    public var differences: Set<String>?
    /// The member paths at which the baseline's second answer differs from the reference; nil without one.
    public var noiseDifferences: Set<String>?
    /// Whether the new build failed: no answer, a timeout, a status of 400 or more.
    public var isTargetFailed = false
    /// Whether the reference is a failure.
    public var isBaselineFailed = false
    /// Whether the baseline's second answer is a failure.
    public var isBaselineAgainFailed = false
    /// The latencies; nil where one is unknown. Of exchanges in which any answer failed they are not used.
    public var latency: PairedTiming?
    /// For streams, the times to the first event.
    public var firstEvent: PairedTiming?
    /// For streams of two events or more, the median gaps between events.
    public var eventGap: PairedTiming?

    /// An outcome without failures and times, which can be set.
    ///
    /// - Parameters:
    ///   - protocol: The exchange's protocol tag.
    ///   - differences: The member paths at which the new build's answer differs from the reference.
    ///   - noiseDifferences: The member paths at which the baseline's second answer does.
    public init(protocol: String, differences: Set<String>?, noiseDifferences: Set<String>? = nil) {
        self.protocol = `protocol`
        self.differences = differences
        self.noiseDifferences = noiseDifferences
    }

    /// Whether any of the answers that are there failed.
    var isAnyFailed: Bool {
        isTargetFailed || isBaselineFailed || (noiseDifferences != nil && isBaselineAgainFailed)
    }
}
