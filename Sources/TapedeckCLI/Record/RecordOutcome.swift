#if HTTP
import Tapedeck
import TapedeckHTTP

/// What became of the requests that a recording saw: each that a rule matched stands in one of the counts, but for `open`,
/// which are part of those stored, and for the checkpoints.
struct RecordOutcome: Hashable {
    let storedCount: Int
    let capturedCounts: [String: Int]
    let openCount: Int
    let refusedCount: Int
    let droppedCount: Int
    let tooLargeCount: Int
    let noRoomCount: Int
    let notSampledCount: Int
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
        failedCheckpointCount = recorder.failedCheckpointCount
    }
}
#endif
