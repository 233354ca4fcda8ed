#if HTTP
/// What became of the requests that an ``HTTPCapture`` saw.
public struct CaptureStatistics: Sendable, Hashable {
    /// Those given to the recorder, by tag, the open ones among them.
    public var capturedCounts: [String: Int] = [:]
    /// Those given to the recorder without a response.
    public var openCount = 0
    /// Why they failed: those without a response, where that is known, and those whose stream told an error.
    public var failureCounts: [ExchangeFailure: Int] = [:]
    /// Those that no rule matched.
    public var notMatchedCount = 0
    /// How many of those went to each of the first eight paths, without their queries. Paths of more than 128 bytes are left
    /// out.
    public var notMatchedPaths: [String: Int] = [:]
    /// Those that a rule matched but that do not belong to the sample.
    public var notSampledCount = 0
    /// Those that passed uncaptured because a decoded body exceeded its limit.
    public var tooLargeCount = 0
    /// Those that passed uncaptured because all captures together held too many bytes.
    public var noRoomCount = 0

    /// Those given to the recorder.
    public var capturedCount: Int { capturedCounts.values.reduce(0, +) }

    /// Nothing yet.
    public init() {}
}
#endif
