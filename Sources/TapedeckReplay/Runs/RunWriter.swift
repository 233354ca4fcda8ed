internal import Dispatch
internal import Synchronization
internal import Tapedeck
internal import TapedeckSQLite

/// Stores the results of a run as they arrive, in groups, on a thread of its own.
final class RunWriter: Sendable {
    /// How many results may wait before whoever brings more must wait.
    private static let limit = 4096
    private static let byteLimit = 64 << 20
    /// How long the first that waits does so at the most.
    private static let delay = DispatchTimeInterval.milliseconds(20)

    private struct Waiting {
        var results: [ReplayResult] = []
        var byteCount = 0
        var isScheduled = false
        var suspended: [CheckedContinuation<Void, Never>] = []
        var error: TapedeckError?

        var isFull: Bool { results.count >= RunWriter.limit || byteCount >= RunWriter.byteLimit }
    }

    private struct Table: ~Copyable {
        var insert: Statement
        var find: Statement
        let connection: Connection
    }

    private let runID: Int64
    private let path: String
    private let queue = DispatchQueue(label: "tapedeck.results")
    private let waiting = Mutex(Waiting())
    private let table: Mutex<Table>
    /// Whether the run had results when it was opened, so that there is something to look for.
    private let isResumed: Bool
    private let checkpointer: Checkpointer
    /// Keeps others from sending the same.
    private let lock: FileLock

    init(_ opener: StoreOpener, runID: Int64, path: String, lock: consuming FileLock) throws {
        self.lock = lock
        self.runID = runID
        self.path = path
        checkpointer = try Checkpointer(opener)
        let connection = try opener.connect()
        isResumed =
            try connection.integer("SELECT EXISTS (SELECT 1 FROM results WHERE run_id = \(runID))") == 1
        let insert = try connection.prepare(ResultColumns.insert)
        let find = try connection.prepare(ResultColumns.find)
        table = Mutex(Table(insert: insert, find: find, connection: connection))
    }

    deinit {
        // Nobody holds the file open once its writer is gone.
        checkpointer.waitUntilIdle()
    }

    /// Takes the results of one request; they are stored together.
    ///
    /// - Parameter results: the results, one for each lane.
    /// - Throws: what kept former results from being stored. Nothing can be stored then.
    func take(_ results: [ReplayResult]) async throws(TapedeckError) {
        let byteCount = results.reduce(0) { $0 + ($1.response.body?.byteCount ?? 0) }
        let (isFull, error) = waiting.withLock { waiting in
            waiting.results += results
            waiting.byteCount += byteCount
            if !waiting.isScheduled {
                waiting.isScheduled = true
                queue.asyncAfter(deadline: .now() + Self.delay) { self.storeAll() }
            }
            return (waiting.isFull, waiting.error)
        }
        if let error { throw error }
        if isFull { await waitForRoom() }
    }

    /// Returns once everything that was taken is on the disk, and notes when the run was finished.
    ///
    /// - Parameter finishedNanoseconds: the time since 1970; nil for a run that was stopped.
    /// - Throws: what kept results from being stored.
    func end(finishedNanoseconds: UInt64?) async throws(TapedeckError) {
        await withCheckedContinuation { continuation in
            queue.async {
                self.storeAll()
                continuation.resume()
            }
        }
        if let error = waiting.withLock({ $0.error }) { throw error }
        try table.withLock { table throws(TapedeckError) in
            try reporting(about: path) {
                try table.connection.execute("PRAGMA synchronous = EXTRA")
                try table.connection.transaction(.immediate) {
                    let value = finishedNanoseconds.map { String($0) } ?? "finished_ns"
                    try table.connection.execute("UPDATE runs SET finished_ns = \(value) WHERE id = \(runID)")
                }
            }
        }
    }

    /// Which lanes of an exchange had a result when the run was resumed, and the hash of the request that was sent.
    func stored(loop: Int, exchangeID: Int64) throws(TapedeckError) -> (lanes: Set<Lane>, digest: UInt64)? {
        guard isResumed else { return nil }
        return try table.withLock { table throws(TapedeckError) in
            try reporting(about: path) {
                try table.find.bind(runID, at: 1)
                try table.find.bind(Int64(loop), at: 2)
                try table.find.bind(exchangeID, at: 3)
                var found: (lanes: Set<Lane>, digest: UInt64)?
                while try table.find.step() {
                    guard let lane = Lane(rawValue: Int(table.find.integerOrZero(at: 0))) else { continue }
                    let digest = UInt64(bitPattern: table.find.integerOrZero(at: 1))
                    found = (found?.lanes.union([lane]) ?? [lane], digest)
                }
                return found
            }
        }
    }

    private func waitForRoom() async {
        await withCheckedContinuation { continuation in
            let mustWait = waiting.withLock { waiting in
                let mustWait = waiting.isFull && waiting.error == nil
                if mustWait { waiting.suspended.append(continuation) }
                return mustWait
            }
            if !mustWait { continuation.resume() }
        }
    }

    private func storeAll() {
        let results = waiting.withLock { waiting in
            defer {
                waiting.results = []
                waiting.byteCount = 0
                waiting.isScheduled = false
            }
            return waiting.results
        }
        let failure = store(results)
        let suspended = waiting.withLock { waiting in
            if let failure { waiting.error = failure }
            defer { waiting.suspended = [] }
            return waiting.suspended
        }
        for continuation in suspended { continuation.resume() }
    }

    private func store(_ results: [ReplayResult]) -> TapedeckError? {
        guard !results.isEmpty else { return nil }
        return table.withLock { table in
            do throws(TapedeckError) {
                try reporting(about: path) {
                    try table.connection.execute("BEGIN IMMEDIATE")
                    do {
                        for result in results {
                            try ResultColumns.bind(result, run: runID, to: &table.insert)
                            try table.insert.run()
                        }
                        try table.connection.execute("COMMIT")
                        checkpointer.note(frameCount: table.connection.logFrameCount)
                    } catch {
                        table.connection.rollBack()
                        throw error
                    }
                }
                return nil
            } catch {
                return error
            }
        }
    }
}
