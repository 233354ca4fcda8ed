#if HTTP
import Synchronization
import TapedeckReplay

/// A clock that stands still and notes until when it was asked to wait, which it does not.
final class NotedClock: ReplayClock {
    let nanoseconds: UInt64
    private let noted = Mutex<[UInt64]>([])

    var deadlines: [UInt64] { noted.withLock { $0 } }

    init(nanoseconds: UInt64 = 1000) {
        self.nanoseconds = nanoseconds
    }

    func sleep(untilNanoseconds nanoseconds: UInt64) async throws {
        noted.withLock { $0.append(nanoseconds) }
    }
}
#endif
