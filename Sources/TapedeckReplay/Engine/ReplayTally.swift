internal import Synchronization

/// Counts what happens in a replay.
final class ReplayTally: Sendable {
    private let counts = Mutex(ReplayProgress())

    var progress: ReplayProgress { counts.withLock { $0 } }

    func noteResumed() { counts.withLock { $0.resumedCount += 1 } }
    func noteUnchangeable() { counts.withLock { $0.unchangeableCount += 1 } }
    func noteCut() { counts.withLock { $0.cutCount += 1 } }
    func noteMalformed() { counts.withLock { $0.malformedCount += 1 } }

    func noteSent(lagNanoseconds: UInt64) {
        counts.withLock { counts in
            counts.inFlightCount += 1
            counts.latestLagNanoseconds = lagNanoseconds
        }
    }

    func noteFinished(isError: Bool) {
        counts.withLock { counts in
            counts.inFlightCount -= 1
            counts.finishedCount += 1
            if isError { counts.errorCount += 1 }
        }
    }
}
