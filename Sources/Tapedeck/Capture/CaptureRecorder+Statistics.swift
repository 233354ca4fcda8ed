extension CaptureRecorder {
    /// What a recorder has done, at one moment: `recordedCount` is `committedCount` + `droppedCount` + `waitingCount`.
    public struct Statistics: Sendable, Hashable {
        /// How many exchanges were given to the recorder. One whose caller waits for room is counted once it has it.
        public internal(set) var recordedCount = 0
        /// How many were stored.
        public internal(set) var committedCount = 0
        /// How many were not stored and will not be, for whatever reason.
        public internal(set) var droppedCount = 0
        /// How many of those dropped the transform refused.
        public internal(set) var refusedCount = 0
        /// How many wait in the queue or are being stored.
        public internal(set) var waitingCount = 0
        /// The bytes of the texts of those that wait.
        public internal(set) var waitingByteCount = 0
        /// How many tries to commit a group failed.
        public internal(set) var failedCommitCount = 0
        /// How often SQLite's log could not be brought into the store, as of the latest commit.
        ///
        /// Nothing is lost by it: what was committed is in the log, and can be read there. But the log grows, until it can be
        /// brought in, which is tried again every 8 MiB. A disk that is nearly full is a cause, or one that is failing.
        public internal(set) var failedCheckpointCount = 0
        /// How many groups were committed.
        public internal(set) var commitCount = 0
        /// How long the latest commit took, in nanoseconds.
        public internal(set) var latestCommitNanoseconds: UInt64 = 0
        /// How long the longest commit took, in nanoseconds.
        public internal(set) var longestCommitNanoseconds: UInt64 = 0
        /// How long all commits took together, in nanoseconds.
        public internal(set) var totalCommitNanoseconds: UInt64 = 0

        mutating func countCommit(of count: Int, took duration: Duration) {
            let (seconds, attoseconds) = duration.components
            let nanoseconds = UInt64(clamping: seconds * 1_000_000_000 + attoseconds / 1_000_000_000)
            committedCount += count
            commitCount += 1
            latestCommitNanoseconds = nanoseconds
            longestCommitNanoseconds = max(longestCommitNanoseconds, nanoseconds)
            totalCommitNanoseconds += nanoseconds
        }
    }
}
