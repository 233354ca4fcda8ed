internal import Dispatch

/// Tells the recorder's owner of problems and their ends, one after another.
///
/// Whoever fills the queue does not wait for the owner; the recorder's thread does.
final class RecorderReports: Sendable {
    private let options: CaptureRecorder.Options
    private let thread = DispatchQueue(label: "tapedeck.record.report")

    init(_ options: CaptureRecorder.Options) {
        self.options = options
    }

    /// Marks the thread as one that must not wait for room in a queue, as the recorder's thread waits for it.
    func mark(as writer: ObjectIdentifier) {
        thread.setSpecific(key: RecorderQueue.writerKey, value: writer)
    }

    /// Tells of a problem, and returns when that is done.
    func tell(_ problem: TapedeckError) {
        guard let onProblem = options.onProblem else { return }
        thread.sync { onProblem(problem) }
    }

    /// Tells of a problem soon.
    func tellSoon(_ problem: TapedeckError) {
        guard let onProblem = options.onProblem else { return }
        thread.async { onProblem(problem) }
    }

    /// Tells of a problem's end, and returns when that is done.
    func tell(_ recovery: CaptureRecorder.Recovery) {
        guard let onRecovery = options.onRecovery else { return }
        thread.sync { onRecovery(recovery) }
    }

    /// Returns when all was told.
    func finish() {
        thread.sync {}
    }
}
