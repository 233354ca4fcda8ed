/// The builds that requests are sent to.
public struct ReplayTargets: Sendable {
    /// The build that is judged.
    public var candidate: any ReplayTransport
    /// The build that it is judged by; nil for the recorded responses.
    public var baseline: (any ReplayTransport)?

    /// Makes targets.
    ///
    /// - Parameters:
    ///   - candidate: the build that is judged.
    ///   - baseline: the build that it is judged by; nil for the recorded responses.
    public init(candidate: any ReplayTransport, baseline: (any ReplayTransport)? = nil) {
        self.candidate = candidate
        self.baseline = baseline
    }

    /// How many answers an exchange gets.
    var laneCount: Int { baseline == nil ? 1 : 3 }
}
