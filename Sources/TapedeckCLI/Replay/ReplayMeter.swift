#if HTTP
import TapedeckReplay

/// Shows on the terminal how far a replay is, ten times a second.
struct ReplayMeter {
    let replayer: Replayer
    /// How many exchanges there are to send; nil where that is not known.
    let total: Int?

    /// Draws until its task is cancelled.
    func run() async {
        let start = ContinuousClock.now
        while (try? await Task.sleep(for: .milliseconds(100))) != nil {
            let line = Self.line(replayer.progress, total: total, elapsed: ContinuousClock.now - start)
            StatusLine.draw { line.truncated(toWidth: $0) }
        }
        StatusLine.erase()
    }

    static func line(_ progress: ReplayProgress, total: Int?, elapsed: Duration) -> String {
        let seconds = max(elapsed / .seconds(1), 0.001)
        let unsent = progress.unchangeableCount + progress.cutCount
        let done = progress.resumedCount + progress.finishedCount + unsent
        let rate = Double(progress.finishedCount) / seconds
        var parts = ["replaying"]
        parts.append(Quantities.count(done) + (total.map { " of \(Quantities.count($0))" } ?? "") + " sent")
        parts.append("\(Quantities.count(progress.inFlightCount)) in flight")
        parts.append("\(Quantities.count(progress.errorCount, "error"))")
        parts.append("\(Quantities.count(Int(rate)))/s")
        if progress.latestLagNanoseconds > 1_000_000 {
            parts.append("\(Quantities.latency(progress.latestLagNanoseconds)) late")
        }
        if let total, total > done, rate > 0 {
            parts.append("\(ProgressLine.clock(Double(total - done) / rate)) left")
        }
        return parts.joined(separator: "  ")
    }
}
#endif
