#if HTTP
import ServiceLifecycle
import Tapedeck
import TapedeckHTTP

/// Shows on the terminal what was captured so far, once a second.
struct RecordMeter: Service {
    let capture: HTTPCapture
    let recorder: CaptureRecorder

    func run() async throws {
        let start = ContinuousClock.now
        var rate = RecentRate()
        let ticks = AsyncStream { try? await Task.sleep(for: .seconds(1)) }
        for await _ in ticks.cancelOnGracefulShutdown() {
            let statistics = capture.statistics
            let perSecond = rate.update(count: statistics.capturedCount, elapsed: ContinuousClock.now - start)
            let line = Self.line(statistics, recorder.statistics, perSecond: perSecond)
            StatusLine.draw { line.truncated(toWidth: $0) }
        }
    }

    static func line(
        _ capture: CaptureStatistics,
        _ recorder: CaptureRecorder.Statistics,
        perSecond: Double
    ) -> String {
        var parts = ["recording", "\(Quantities.count(capture.capturedCount)) captured"]
        parts.append("\(Quantities.count(Int(perSecond)))/s")
        parts.append("\(Quantities.count(recorder.committedCount)) stored")
        let outcome = RecordOutcome(capture, recorder)
        if outcome.clientFailureCount > 0 {
            parts.append("\(Quantities.count(outcome.clientFailureCount, "client")) left")
        }
        if outcome.upstreamFailureCount > 0 {
            parts.append("\(Quantities.count(outcome.upstreamFailureCount, "upstream failure"))")
        }
        if outcome.refusedCount > 0 { parts.append("\(Quantities.count(outcome.refusedCount)) refused") }
        if outcome.droppedCount > 0 { parts.append("\(Quantities.count(outcome.droppedCount)) dropped") }
        if outcome.notMatchedCount > 0 {
            parts.append("\(Quantities.count(outcome.notMatchedCount)) not matched")
        }
        if outcome.failedCheckpointCount > 0 {
            parts.append("\(Quantities.count(outcome.failedCheckpointCount)) checkpoints failed")
        }
        return parts.joined(separator: "  ")
    }

    /// Takes the line away.
    func erase() {
        StatusLine.erase()
    }
}
#endif
