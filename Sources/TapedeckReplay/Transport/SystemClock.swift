/// The system's monotonic clock.
public struct SystemClock: ReplayClock {
    private static let start = ContinuousClock.now

    /// Makes a clock. All of a process tell the same time.
    public init() {}

    /// Nanoseconds since the process first asked.
    public var nanoseconds: UInt64 {
        // Asked for first, as the first to ask sets it.
        let start = Self.start
        let elapsed = (ContinuousClock.now - start).components
        return UInt64(elapsed.seconds) * 1_000_000_000 + UInt64(elapsed.attoseconds / 1_000_000_000)
    }

    /// Waits with no tolerance.
    public func sleep(untilNanoseconds nanoseconds: UInt64) async throws {
        let deadline = Self.start + .nanoseconds(Int64(clamping: nanoseconds))
        try await ContinuousClock().sleep(until: deadline, tolerance: .zero)
    }
}
