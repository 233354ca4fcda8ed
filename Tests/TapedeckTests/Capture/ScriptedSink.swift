import Dispatch
import Synchronization

@testable import Tapedeck
@testable import TapedeckSQLite

/// Stores groups in memory, and fails where a script says so.
final class ScriptedSink: ExchangeSink, Sendable {
    struct State {
        var stored: [RecordedExchange] = []
        var groupCounts: [Int] = []
        var durableCount = 0
        /// What the next calls throw, first to last; nil lets one pass.
        var failures: [(any Error)?] = []
        /// Thrown by every call, while it is set.
        var lastingFailure: (any Error)?
        /// Exchanges that can never be stored.
        var poison: Set<JSONText> = []
    }

    let state = Mutex(State())
    /// While set, a call waits here for a signal after it has told of itself.
    private let gate: (isReached: DispatchSemaphore, mayPass: DispatchSemaphore)?

    init(isGated: Bool = false) {
        gate = isGated ? (DispatchSemaphore(value: 0), DispatchSemaphore(value: 0)) : nil
    }

    /// Returns once a group is about to be stored.
    func awaitStore() { gate?.isReached.wait() }
    /// Lets calls pass.
    func letPass(_ count: Int) { for _ in 0..<count { gate?.mayPass.signal() } }

    var stored: [RecordedExchange] { state.withLock { $0.stored } }

    func store(_ group: inout [RecordedExchange], isDurable: Bool) throws {
        if let gate, !group.isEmpty {
            gate.isReached.signal()
            gate.mayPass.wait()
        }
        let exchanges = group
        try state.withLock { state in
            if let failure = state.lastingFailure { throw failure }
            if !state.failures.isEmpty, let failure = state.failures.removeFirst() { throw failure }
            if exchanges.contains(where: { state.poison.contains($0.request) }) {
                throw SQLiteError(code: .tooBig, message: "string or blob too big", operation: "INSERT")
            }
            state.stored += exchanges
            if isDurable { state.durableCount += 1 }
            if !exchanges.isEmpty { state.groupCounts.append(exchanges.count) }
        }
        group = []
    }
}

extension SQLiteError {
    static let locked = SQLiteError(code: .busy, message: "database is locked", operation: "BEGIN IMMEDIATE")
    static let full = SQLiteError(code: .full, message: "database or disk is full", operation: "COMMIT")
}
