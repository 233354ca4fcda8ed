extension CaptureRecorder {
    /// What ``CaptureRecorder/record(_:)`` does where the queue is full.
    public enum Overflow: Sendable, Hashable {
        /// Drops the exchange, counts it, and returns at once.
        case dropNewest
        /// Blocks the calling thread until there is room. It lasts as long as the store cannot be written, and ends at
        /// the latest with ``CaptureRecorder/shutdown()``. Inside ``CaptureRecorder/Options/onProblem`` and
        /// ``CaptureRecorder/Options/transform``, on the very thread that makes room, it drops instead.
        ///
        /// Where an `HTTPCapture` of the module `TapedeckHTTP` records, its own thread is the one that waits, and no request
        /// does: what passes meanwhile is held up to its `inFlightLimitByteCount`, and beyond it passes uncaptured and
        /// is counted. Its `drain()` waits as long.
        case wait
    }

    /// How a recorder works.
    public struct Options: Sendable {
        /// How many exchanges may wait, 1 or more.
        public var queueLimitCount = 16_384
        /// How many bytes of texts may wait, 1 or more. An exchange larger than that is dropped.
        public var queueLimitByteCount = 64 << 20
        /// What is done where the queue is full.
        public var overflow = Overflow.dropNewest
        /// With how many exchanges a group is complete, 1 or more.
        public var groupLimitCount = 1024
        /// With how many bytes of texts a group is complete, 1 or more.
        public var groupLimitByteCount = 4 << 20
        /// How long the first of a group waits for others, in milliseconds, 0 or more. Where somebody waits for the
        /// commit, nothing is waited for.
        public var groupDelayMilliseconds = 5
        /// How long after a failed commit the next is tried, in milliseconds, 1 or more. It doubles with each failure.
        public var retryDelayMilliseconds = 10
        /// The longest such time, in milliseconds.
        public var retryDelayLimitMilliseconds = 5000
        /// In how many tries a shutdown has to store what waits, 1 or more.
        public var shutdownAttemptCount = 5
        /// Called, on a thread of the recorder's own, when commits begin to fail or fail for another reason, for each
        /// exchange that cannot be stored at all, when the transform refuses one for a reason that was not told yet, and when
        /// a full queue begins to drop. Not for every retry, nor every exchange, and of a reason that comes and goes every ten
        /// seconds at most. One call ends before the next begins.
        public var onProblem: (@Sendable (TapedeckError) -> Void)?
        /// Called likewise, when commits succeed again or the queue has room again after a problem that was told.
        public var onRecovery: (@Sendable (Recovery) -> Void)?
        /// Changes an exchange before it is stored, on the recorder's thread. When it throws, the exchange is not
        /// stored, and is counted as refused and dropped.
        public var transform: (@Sendable (RecordedExchange) throws -> RecordedExchange)?

        /// Makes the default options.
        public init() {}

        /// Traps on limits that mean nothing.
        func requireMeaning() {
            precondition(queueLimitCount >= 1 && queueLimitByteCount >= 1, "a queue holds something")
            precondition(groupLimitCount >= 1 && groupLimitByteCount >= 1, "a group holds something")
            precondition(groupDelayMilliseconds >= 0, "a delay is not negative")
            precondition(retryDelayMilliseconds >= 1, "a retry comes later than the failure")
            precondition(
                retryDelayLimitMilliseconds >= retryDelayMilliseconds,
                "a limit is no less than the first"
            )
            precondition(shutdownAttemptCount >= 1, "a shutdown tries once at least")
        }
    }
}
