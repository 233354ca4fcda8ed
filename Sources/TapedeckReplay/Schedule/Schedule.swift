/// Tells when each request is due.
///
/// The times are absolute: a request that is sent late delays none after it, so that a slow target does not slow the
/// load that it is under.
///
/// ```swift
/// var schedule = Schedule(pace: .original(speed: 2), maximumGapNanoseconds: 60_000_000_000)
/// let due = schedule.due(receivedNanoseconds: exchange.receivedNanoseconds)
/// ```
public struct Schedule: Sendable {
    private let pace: Pace
    private let maximumGapNanoseconds: UInt64
    private var count: UInt64 = 0
    private var previousReceived: UInt128?
    /// When the latest was due, with the part of a nanosecond that its gap left over.
    private var latest: Double = 0
    private var whole: UInt64 = 0

    /// Makes a schedule that begins at 0.
    ///
    /// - Parameters:
    ///   - pace: how fast requests are sent. A speed or rate that is not a number above 0 is wrong use and traps.
    ///   - maximumGapNanoseconds: the longest that the original pace lets pass between two requests, in nanoseconds of
    ///     the replay, after the speed was applied.
    public init(pace: Pace, maximumGapNanoseconds: UInt64 = .max) {
        switch pace {
        case .original(let value), .rate(let value):
            precondition(value > 0 && value.isFinite, "a speed or rate is a number above 0")
        case .maximum: break
        }
        self.pace = pace
        self.maximumGapNanoseconds = maximumGapNanoseconds
    }

    /// When the next request is due.
    ///
    /// - Parameter received: when it was received in the recording, in nanoseconds since 1970. One that is earlier than
    ///   that of the request before is due at once after it.
    /// - Returns: the time in nanoseconds from the beginning; nil where it may be sent at once.
    public mutating func due(receivedNanoseconds received: UInt128) -> UInt64? {
        defer { count += 1 }
        switch pace {
        case .maximum:
            return nil
        case .rate(let perSecond):
            return Self.nanoseconds(Double(count) / perSecond * 1e9)
        case .original(let speed):
            defer { previousReceived = received }
            guard let previousReceived, received > previousReceived else { return whole }
            let gap = Double(received - previousReceived) / speed
            advance(by: min(gap, Double(maximumGapNanoseconds)))
            return whole
        }
    }

    /// Begins the recording again: its first request is due when the mean gap has passed after its last.
    public mutating func restart() {
        previousReceived = nil
        guard case .original = pace, count > 1 else { return }
        advance(by: (Double(whole) + latest) / Double(count - 1))
    }

    /// Whole nanoseconds are kept apart, as a `Double` alone would lose them in a long replay.
    private mutating func advance(by gap: Double) {
        let sum = latest + gap
        let step = Self.nanoseconds(sum)
        latest = sum - Double(step)
        whole = whole.addingReportingOverflow(step).overflow ? .max : whole + step
    }

    private static func nanoseconds(_ value: Double) -> UInt64 {
        value >= 0x1p63 ? UInt64(Int64.max) : UInt64(value)
    }
}
