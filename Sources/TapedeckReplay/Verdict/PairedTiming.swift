/// One time of one exchange, at the new build and at the baseline.
public struct PairedTiming: Sendable, Hashable {
    /// At the new build, in nanoseconds.
    public var targetNanoseconds: UInt64
    /// At the baseline, or as it was recorded, in nanoseconds.
    public var baselineNanoseconds: UInt64

    /// A time of an exchange. 0 counts as 1 ns.
    ///
    /// - Parameters:
    ///   - targetNanoseconds: At the new build, in nanoseconds.
    ///   - baselineNanoseconds: At the baseline, or as it was recorded, in nanoseconds.
    public init(targetNanoseconds: UInt64, baselineNanoseconds: UInt64) {
        self.targetNanoseconds = targetNanoseconds
        self.baselineNanoseconds = baselineNanoseconds
    }
}
