internal import Dispatch

/// Tells whoever waits how it went.
typealias RecorderOutcome = CheckedContinuation<Result<Void, TapedeckError>, Never>

/// An exchange in a recorder's queue.
struct RecorderEntry: Sendable {
    var exchange: RecordedExchange
    /// The bytes of its texts as they were recorded, for which it takes room.
    let byteCount: Int
    /// Whoever waits for it to be on the disk.
    let outcome: RecorderOutcome?
    /// Its place in the order of all that the queue has taken.
    var sequence = 0
    /// Whether the transform has seen it, which must see it once however often it is tried.
    var isTransformed = false

    mutating func apply(_ transform: (RecordedExchange) throws -> RecordedExchange) rethrows {
        guard !isTransformed else { return }
        exchange = try transform(exchange)
        isTransformed = true
    }
}

/// An exchange whose caller waits for room in the queue.
struct RecorderRoomWait: Sendable {
    let entry: RecorderEntry
    /// Ends the wait of a blocked thread.
    let isIn: DispatchSemaphore?
}

/// Somebody who waits until all that the queue had taken by then is on the disk.
struct RecorderFlush: Sendable {
    /// The place of the first exchange that it does not mean.
    let end: Int
    let outcome: RecorderOutcome
}

extension RecordedExchange {
    /// The bytes of all its texts together.
    var byteCount: Int {
        `protocol`.utf8.count + request.byteCount + (response?.byteCount ?? 0) + (extra?.json.byteCount ?? 0)
    }
}
