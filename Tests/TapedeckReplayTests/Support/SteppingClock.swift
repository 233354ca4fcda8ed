import Synchronization
import TapedeckReplay

/// A clock on which waiting takes no time: it goes to the moment that is waited for.
final class SteppingClock: ReplayClock {
    private let now = Mutex<UInt64>(1_000_000)

    var nanoseconds: UInt64 { now.withLock { $0 } }

    func advance(by nanoseconds: UInt64) { now.withLock { $0 += nanoseconds } }

    func sleep(untilNanoseconds nanoseconds: UInt64) async throws {
        try Task.checkCancellation()
        now.withLock { $0 = max($0, nanoseconds) }
    }
}
