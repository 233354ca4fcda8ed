internal import Dispatch
internal import Synchronization
internal import TapedeckSQLite

/// Brings a writer's log into the store on another thread, so that hardly a commit waits for it, and often enough that
/// the log stays small.
///
/// A log is used from its start again when a commit finds all of it brought in. A checkpoint beside a busy writer misses
/// the commits that happen meanwhile, and so by itself never gets there: it is followed by others, each of which has only
/// to bring in what the one before missed, until one misses nothing. Where the writer is too fast for that, it does the
/// last one itself.
final class Checkpointer: Sendable {
    /// How long the log may grow until it is brought in, in bytes. The longer, the less is written in all, as a page that
    /// changed often is brought in once; the shorter, the less a commit waits for at a time, as the disk is one.
    private static let startByteCount = 4 << 20
    /// How long the log may grow until the writer waits for it to be brought in, in bytes.
    private static let limitByteCount = 24 << 20
    /// How many checkpoints there are until the writer is asked to do the last.
    private static let attempts = 2

    private enum Phase {
        case idle
        case running
        /// Ended without getting there.
        case beaten
    }

    private let queue = DispatchQueue(label: "tapedeck.checkpoint")
    private let connection: Mutex<Connection>
    private let phase = Mutex(Phase.idle)
    private let startFrameCount: Int
    private let limitFrameCount: Int
    /// The frames that the log held after the latest commit.
    private let frameCount = Atomic(0)
    /// From how many frames on it is tried next: where readers hold back what is in the log, trying does not help.
    private let nextStart: Atomic<Int>

    init(_ opener: StoreOpener) throws {
        let connection = try opener.connectForWriting()
        let pageSize = Int(try connection.integer("PRAGMA page_size") ?? 4096)
        self.connection = Mutex(connection)
        startFrameCount = Self.startByteCount / pageSize
        limitFrameCount = Self.limitByteCount / pageSize
        nextStart = Atomic(startFrameCount)
    }

    /// To be called after each commit of `writer`, on its thread.
    func note(_ writer: borrowing Connection) {
        let count = writer.logFrameCount
        // A log that became shorter was begun anew: nobody holds it back any more.
        if count < frameCount.exchange(count, ordering: .relaxed) {
            nextStart.store(startFrameCount, ordering: .relaxed)
        }
        guard count >= nextStart.load(ordering: .relaxed) else { return }
        if count >= limitFrameCount {
            waitUntilIdle()
            return finish(writer)
        }
        switch phase.withLock({ $0 }) {
        case .running: break
        case .idle: start()
        case .beaten: finish(writer)
        }
    }

    /// Returns once no checkpoint is under way.
    func waitUntilIdle() {
        queue.sync {}
    }

    private func start() {
        phase.withLock { $0 = .running }
        queue.async { [self] in
            let isDone = connection.withLock { connection in
                for _ in 0..<Self.attempts {
                    // What fails here is in the log all the same, where every commit is safe, and is tried again.
                    guard let count = try? connection.checkpoint() else { return false }
                    if count >= frameCount.load(ordering: .relaxed) { return true }
                }
                return false
            }
            phase.withLock { $0 = isDone ? .idle : .beaten }
        }
    }

    /// Does the last checkpoint: nothing is committed beside it, at least not by this writer.
    private func finish(_ writer: borrowing Connection) {
        let count = (try? writer.checkpoint()) ?? 0
        let isDone = count >= writer.logFrameCount
        nextStart.store((isDone ? 0 : writer.logFrameCount) + startFrameCount, ordering: .relaxed)
        phase.withLock { $0 = .idle }
    }
}
