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
        let ticks = AsyncStream { try? await Task.sleep(for: .seconds(1)) }
        for await _ in ticks.cancelOnGracefulShutdown() {
            let line = Self.line(
                capture.statistics,
                recorder.statistics,
                elapsed: ContinuousClock.now - start
            )
            StatusLine.draw { line.truncated(toWidth: $0) }
        }
    }

    static func line(
        _ capture: CaptureStatistics,
        _ recorder: CaptureRecorder.Statistics,
        elapsed: Duration
    ) -> String {
        let seconds = max(elapsed / .seconds(1), 0.001)
        var parts = ["recording", "\(Quantities.count(capture.capturedCount, "exchange"))"]
        parts.append("\(Quantities.count(Int(Double(capture.capturedCount) / seconds)))/s")
        parts.append("\(Quantities.count(recorder.committedCount)) stored")
        let outcome = RecordOutcome(capture, recorder)
        if outcome.refusedCount > 0 { parts.append("\(Quantities.count(outcome.refusedCount)) refused") }
        if outcome.droppedCount > 0 { parts.append("\(Quantities.count(outcome.droppedCount)) dropped") }
        return parts.joined(separator: "  ")
    }

    /// Takes the line away.
    func erase() {
        if StandardError.isTerminal { StatusLine.erase() }
    }
}
#endif
