internal import Dispatch
internal import Synchronization
internal import TapedeckSQLite

/// Brings a writer's log into the store on another thread, so that hardly a commit waits for it, and often enough that
/// the log stays small.
///
/// A log is used from its start again when a commit finds all of it brought in. A checkpoint beside busy writers misses
/// the commits that happen meanwhile, and so by itself never gets there: it is followed by others, each of which has only
/// to bring in what the one before missed, until one finds nothing. Where the writers are too fast for that, the last one is
/// done between two commits, with every writer kept out.
package final class Checkpointer: Sendable {
    /// How long the log may grow until it is brought in, in bytes. The longer, the less is written in all, as a page that
    /// changed often is brought in once; the shorter, the less a commit waits for at a time, as the disk is one.
    static let startByteCount = 8 << 20
    /// How long the log may grow until the writer waits for it to be brought in, in bytes.
    static let limitByteCount = 24 << 20
    /// How many checkpoints there are until the writer is asked to do the last.
    private static let attempts = 3

    private enum Phase {
        case idle
        case running
        /// The log grew faster than it was brought in.
        case beaten
    }

    private enum Outcome {
        /// All of it is in the store.
        case done
        case beaten
        /// Somebody else is at it.
        case busy
        /// A reader needs what is in the log.
        case heldBack
        case failed
    }

    private struct State {
        var phase = Phase.idle
        /// The frames that the log held after the latest commit, those of other writers too.
        var frameCount = 0
        /// From how many frames on it is tried next: where readers hold back what is in the log, trying does not help.
        var nextStart: Int
        var failedCount = 0
    }

    private let queue = DispatchQueue(label: "tapedeck.checkpoint")
    let checkpoint: Mutex<StoreCheckpoint>
    private let state: Mutex<State>
    private let startFrameCount: Int
    private let limitFrameCount: Int

    package init(_ opener: StoreOpener) throws {
        let checkpoint = try StoreCheckpoint(opener)
        let pageByteCount = try checkpoint.pageByteCount
        self.checkpoint = Mutex(checkpoint)
        startFrameCount = Self.startByteCount / pageByteCount
        limitFrameCount = Self.limitByteCount / pageByteCount
        state = Mutex(State(nextStart: startFrameCount))
    }

    /// To be called after each commit of the writer, on its thread.
    ///
    /// - Parameter frameCount: the frames that the log held after the commit.
    package func note(frameCount: Int) {
        let mustFinish = state.withLock { state in
            // A log that became shorter was begun anew: nobody holds it back any more.
            if frameCount < state.frameCount { state.nextStart = startFrameCount }
            state.frameCount = frameCount
            guard frameCount >= state.nextStart else { return false }
            if frameCount >= limitFrameCount || state.phase == .beaten { return true }
            if state.phase == .idle {
                state.phase = .running
                queue.async { [self] in attempt(besideWriters) }
            }
            return false
        }
        guard mustFinish else { return }
        waitUntilIdle()
        attempt(betweenCommits)
    }

    /// How many checkpoints failed.
    var failedCount: Int { state.withLock { $0.failedCount } }

    /// Returns once no checkpoint is under way.
    package func waitUntilIdle() {
        queue.sync {}
    }

    /// Brings in what is committed, until nothing is committed meanwhile.
    private func besideWriters(_ checkpoint: borrowing StoreCheckpoint) throws -> Outcome {
        var doneFrameCount: Int?
        for _ in 0..<Self.attempts {
            guard let progress = try checkpoint.run() else { return .busy }
            // No frame was added, or the log was begun anew already.
            if let doneFrameCount, progress.frameCount <= doneFrameCount { return .done }
            doneFrameCount = progress.doneFrameCount
        }
        return .beaten
    }

    /// Brings in the rest while nobody commits.
    private func betweenCommits(_ checkpoint: borrowing StoreCheckpoint) throws -> Outcome {
        guard let progress = try checkpoint.run(keepsWritersOut: true) else { return .busy }
        return progress.isComplete ? .done : .heldBack
    }

    private func attempt(_ work: (borrowing StoreCheckpoint) throws -> Outcome) {
        // What fails here is in the log all the same, where every commit is safe, and is tried again.
        let outcome = checkpoint.withLock { (try? work($0)) ?? .failed }
        state.withLock { state in
            state.phase = outcome == .beaten ? .beaten : .idle
            switch outcome {
            case .done, .beaten: state.nextStart = startFrameCount
            // Whoever is at it may be done by the next commit.
            case .busy: break
            case .heldBack, .failed: state.nextStart = state.frameCount + startFrameCount
            }
            if outcome == .failed { state.failedCount += 1 }
        }
    }
}
