#if HTTP
import Tapedeck
import TapedeckHTTP

/// What became of the requests that a recording saw.
///
/// What was captured, by tag, went to the recorder: it was stored, refused or dropped. What was not captured stands in one of
/// the other counts.
struct RecordOutcome: Hashable {
    let storedCount: Int
    let capturedCounts: [String: Int]
    /// Those captured that have no response.
    let openCount: Int
    let refusedCount: Int
    let droppedCount: Int
    let tooLargeCount: Int
    let noRoomCount: Int
    let notSampledCount: Int
    let notMatchedCount: Int
    /// The first few paths of those.
    let notMatchedPaths: [String: Int]
    /// How often the store's log could not be brought into its file.
    let failedCheckpointCount: Int

    init(_ capture: CaptureStatistics, _ recorder: CaptureRecorder.Statistics) {
        storedCount = recorder.committedCount
        capturedCounts = capture.capturedCounts
        openCount = capture.openCount
        refusedCount = recorder.refusedCount
        // The recorder counts what was refused among what it dropped.
        droppedCount = recorder.droppedCount - recorder.refusedCount
        tooLargeCount = capture.tooLargeCount
        noRoomCount = capture.noRoomCount
        notSampledCount = capture.notSampledCount
        notMatchedCount = capture.notMatchedCount
        notMatchedPaths = capture.notMatchedPaths
        failedCheckpointCount = recorder.failedCheckpointCount
    }

    /// Those that should have been stored and were not, for want of room or because they could not be redacted.
    var lostCount: Int { refusedCount + droppedCount + noRoomCount }
}
#endif
