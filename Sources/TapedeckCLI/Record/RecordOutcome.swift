#if HTTP
import Tapedeck
import TapedeckHTTP

/// What became of the requests that a recording saw.
///
/// What was captured, by tag, went to the recorder: it was stored, refused or dropped. What was not captured stands in one of
/// the other counts.
struct RecordOutcome: Hashable {
    let storedCount: Int
    /// Whether the store's file was moved or removed, so that what was stored is not at its path.
    let isMoved: Bool
    let capturedCounts: [String: Int]
    /// Those captured that have no response.
    let openCount: Int
    /// Why they have none, and which of the others have a stream that told an error.
    let failureCounts: [ExchangeFailure: Int]
    let refusedCount: Int
    /// Of those refused, the failures, by what kind.
    let refusedFailureCounts: [String: Int]
    let droppedCount: Int
    let tooLargeCount: Int
    let noRoomCount: Int
    let notSampledCount: Int
    let notMatchedCount: Int
    /// The first few paths of those.
    let notMatchedPaths: [String: Int]
    /// How often the store's log could not be brought into its file.
    let failedCheckpointCount: Int

    init(
        _ capture: CaptureStatistics,
        _ recorder: CaptureRecorder.Statistics,
        isMoved: Bool = false,
        refusedFailureCounts: [String: Int] = [:]
    ) {
        self.refusedFailureCounts = refusedFailureCounts
        self.isMoved = isMoved
        storedCount = recorder.committedCount
        capturedCounts = capture.capturedCounts
        openCount = capture.openCount
        failureCounts = capture.failureCounts
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

    /// Of those without a response, those whose client did not stay to the end.
    var clientFailureCount: Int { count(where: \.isOfClient) }
    /// Of those without a response, those that the upstream failed to answer in full.
    var upstreamFailureCount: Int { count(where: \.isOfUpstream) }

    /// Of those without a response, those that the end of the recording cut.
    var cutCount: Int { failureCounts[.shutdown] ?? 0 }
    /// Of those without a response, those for which no cause was told.
    var unexplainedCount: Int { openCount - count { $0 != .streamError } }
    /// Those captured that have a response, and an error in its stream.
    var streamErrorCount: Int { failureCounts[.streamError] ?? 0 }

    private func count(where isMeant: (ExchangeFailure) -> Bool) -> Int {
        failureCounts.reduce(0) { $0 + (isMeant($1.key) ? $1.value : 0) }
    }

    /// Those that should have been stored and were not, for want of room or because they could not be redacted.
    var lostCount: Int { refusedCount + droppedCount + noRoomCount }
}
#endif
