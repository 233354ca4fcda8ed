import Foundation

@testable import Tapedeck

/// A clock that stands still until a test moves it.
final class ManualAlarm: RecorderAlarm, @unchecked Sendable {
    // Unchecked because the compiler cannot see that `condition` guards every variable below.
    private let condition = NSCondition()
    private var time = Duration.zero
    private var isRung = false
    private var deadlines: [Duration?] = []

    var now: Duration { condition.withLock { time } }

    func sleep(until deadline: Duration?) {
        condition.withLock {
            deadlines.append(deadline)
            condition.broadcast()
            while !isRung, deadline.map({ time < $0 }) ?? true { condition.wait() }
            isRung = false
        }
    }

    func wake() {
        condition.withLock {
            isRung = true
            condition.broadcast()
        }
    }

    func advance(by duration: Duration) {
        condition.withLock {
            time += duration
            condition.broadcast()
        }
    }

    /// Returns once the recorder has gone to sleep so many times in all.
    ///
    /// - Returns: until when it sleeps; nil for ever.
    func awaitSleep(_ number: Int) -> Duration? {
        condition.withLock {
            while deadlines.count < number { condition.wait() }
            return deadlines[number - 1]
        }
    }
}
