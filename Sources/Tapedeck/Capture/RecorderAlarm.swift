internal import Dispatch

/// The clock by which a recorder's thread sleeps, and the bell that wakes it.
protocol RecorderAlarm: Sendable {
    /// The time since some fixed moment.
    var now: Duration { get }
    /// Sleeps until a time, or for ever where there is none, or until ``wake()``. It may return early.
    func sleep(until deadline: Duration?)
    /// Ends the sleep that is under way or, where there is none, the next one.
    func wake()
}

/// The system's steady clock.
struct SystemAlarm: RecorderAlarm {
    private let bell = DispatchSemaphore(value: 0)
    private let start = ContinuousClock.now

    var now: Duration { ContinuousClock.now - start }

    func sleep(until deadline: Duration?) {
        guard let deadline else { return bell.wait() }
        // An hour at most, as larger numbers could overflow: it may return early.
        let rest = min(max(deadline - now, .zero), .seconds(3600)).components
        let nanoseconds = Int(rest.seconds) * 1_000_000_000 + Int(rest.attoseconds / 1_000_000_000)
        _ = bell.wait(timeout: .now() + .nanoseconds(nanoseconds))
    }

    func wake() {
        bell.signal()
    }
}
