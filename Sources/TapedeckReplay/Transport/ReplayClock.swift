/// What tells the time to a replay, and waits. A test gives its own.
public protocol ReplayClock: Sendable {
    /// The time in nanoseconds from some fixed moment. It never goes back.
    var nanoseconds: UInt64 { get }

    /// Returns when it is this time, at once if it has passed.
    ///
    /// - Parameter nanoseconds: the time.
    /// - Throws: `CancellationError` when the task was cancelled meanwhile.
    func sleep(untilNanoseconds nanoseconds: UInt64) async throws
}
