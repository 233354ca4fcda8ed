#if HTTP
internal import TapedeckReplay

/// When the events of a stream are due.
struct AnswerPace: Sendable {
    /// How many times as fast as they were recorded; infinity for at once.
    let speed: Double
    /// The longest pause, in nanoseconds.
    let maximumGapNanoseconds: UInt64

    /// When the events are sent, in nanoseconds from receipt of the request.
    ///
    /// - Parameter recorded: when they were recorded, likewise. A time before that of the event before it counts as that.
    /// - Returns: as many times.
    func dueNanoseconds(_ recorded: [UInt64]) -> [UInt64] {
        var (previous, due): (UInt64, UInt64) = (0, 0)
        return recorded.map { time in
            let gap = min(
                Double(time > previous ? time - previous : 0) / speed,
                Double(maximumGapNanoseconds)
            )
            previous = max(previous, time)
            let (sum, isOverflow) = due.addingReportingOverflow(UInt64(exactly: gap.rounded()) ?? .max)
            due = isOverflow ? .max : sum
            return due
        }
    }
}
#endif
