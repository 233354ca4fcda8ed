#if HTTP
import Tapedeck
import TapedeckHTTP

/// What a recording captured, in words.
enum RecordReport {
    /// Says it on standard error, as there is no result but the store.
    static func show(
        _ capture: CaptureStatistics,
        _ recorder: CaptureRecorder.Statistics,
        store: String
    ) {
        for line in lines(capture, recorder, store: store) {
            StandardError.write(line.escapingControlCharacters() + "\n")
        }
    }

    static func lines(
        _ capture: CaptureStatistics,
        _ recorder: CaptureRecorder.Statistics,
        store: String
    ) -> [String] {
        var lines = ["recorded \(Quantities.count(recorder.committedCount, "exchange")) into \(store)"]
        for (tag, count) in capture.capturedCounts.sorted(by: { $0.key < $1.key }) {
            lines.append("  \(tag): \(Quantities.count(count))")
        }
        let rest: [(Int, String)] = [
            (capture.openCount, "open: the client went away, or the upstream failed"),
            (recorder.droppedCount, "dropped: the store could not take them"),
            (capture.tooLargeCount, "not captured: a body exceeded the limit"),
            (capture.noRoomCount, "not captured: too many bytes were under way"),
            (capture.notSampledCount, "not captured: not in the sample"),
        ]
        for (count, meaning) in rest where count > 0 {
            lines.append("  \(Quantities.count(count)) \(meaning)")
        }
        return lines
    }
}
#endif
