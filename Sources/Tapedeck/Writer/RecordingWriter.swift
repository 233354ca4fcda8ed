internal import Synchronization

/// Appends exchanges to a store, or straight to an archive.
///
/// ```swift
/// let writer = try RecordingWriter(store: store)
/// do {
///     try writer.write(exchange)
/// } catch {
///     logger.warning("not recorded: \(error)")  // and carry on serving
/// }
/// try writer.flush()
/// ```
///
/// Exchanges wait in memory until there are enough for a group, which is stored in one transaction by the call that
/// completes it. Only ``flush()`` makes sure that nothing waits: call it when traffic pauses and at the end. An idle
/// writer holds no lock. A writer may be shared by threads and tasks.
public final class RecordingWriter: Sendable {
    /// When a group is complete: as soon as one of these is reached.
    public struct GroupLimit: Sendable, Hashable {
        /// The number of exchanges, 1 or more.
        public var count: Int
        /// The bytes of their texts.
        public var byteCount: Int
        /// The age of the first, in milliseconds, looked at by each call of ``RecordingWriter/write(_:)``.
        public var ageMilliseconds: Int

        /// Makes a limit.
        ///
        /// - Parameters:
        ///   - count: the number of exchanges, 1 or more; with 1 every write is stored before it returns.
        ///   - byteCount: the bytes of their texts, 1 or more.
        ///   - ageMilliseconds: the age of the first, in milliseconds, 0 or more.
        public init(count: Int = 64, byteCount: Int = 1 << 20, ageMilliseconds: Int = 100) {
            precondition(count >= 1 && byteCount >= 1 && ageMilliseconds >= 0, "a group holds something")
            self.count = count
            self.byteCount = byteCount
            self.ageMilliseconds = ageMilliseconds
        }
    }

    private struct State {
        let sink: any ExchangeSink
        var group: [RecordedExchange] = []
        var groupBytes = 0
        var groupStart = Duration.zero
        var count = 0
    }

    private let state: Mutex<State>
    private let limit: GroupLimit
    private let path: String
    /// The time since some fixed moment.
    private let uptime: @Sendable () -> Duration

    /// Opens a writer that appends to a store.
    ///
    /// - Parameters:
    ///   - store: the store, opened for writing. It needs not stay open.
    ///   - group: when a group is complete.
    /// - Throws: ``TapedeckError`` when the store cannot be written.
    public convenience init(store: CaptureStore, group: GroupLimit = GroupLimit()) throws(TapedeckError) {
        let sink = try reporting(about: store.path) { try StoreSink(store.opener) }
        self.init(sink, path: store.path, group: group)
    }

    init(
        _ sink: sending any ExchangeSink,
        path: String,
        group: GroupLimit,
        uptime: @escaping @Sendable () -> Duration = RecordingWriter.systemUptime
    ) {
        state = Mutex(State(sink: sink))
        self.path = path
        self.uptime = uptime
        limit = group
    }

    deinit {
        // Nobody is left to tell; whoever must know calls flush().
        try? flush()
    }

    /// Takes an exchange, and stores the group that it completes.
    ///
    /// - Parameter exchange: what to record.
    /// - Throws: ``TapedeckError`` when the group cannot be stored. This exchange was then not taken; those before it
    ///   still wait and are tried again by the next call, so that a writer recovers by itself when the cause is gone.
    public func write(_ exchange: RecordedExchange) throws(TapedeckError) {
        let byteCount = exchange.byteCount
        let now = uptime()
        try reporting(about: path) {
            try state.withLock { state in
                if state.group.isEmpty { state.groupStart = now }
                state.group.append(exchange)
                if state.group.count >= limit.count || state.groupBytes + byteCount >= limit.byteCount
                    || now - state.groupStart >= .milliseconds(limit.ageMilliseconds)
                {
                    do {
                        try store(&state, isDurable: false)
                    } catch {
                        // What is still there was not stored; the last of it is the one that the caller hears of.
                        if !state.group.isEmpty {
                            state.group.removeLast()
                            throw error
                        }
                    }
                } else {
                    state.groupBytes += byteCount
                }
                state.count += 1
            }
        }
    }

    /// Stores what waits. After it returned, nothing that was written can be lost, by a power failure neither.
    ///
    /// - Throws: ``TapedeckError`` when that cannot be done. What waits still waits.
    public func flush() throws(TapedeckError) {
        try reporting(about: path) {
            try state.withLock { state in try store(&state, isDurable: true) }
        }
    }

    /// How many exchanges this writer has taken. Before ``flush()`` some of them may still wait in memory.
    public var count: Int { state.withLock { $0.count } }

    private func store(_ state: inout State, isDurable: Bool) throws {
        try state.sink.store(&state.group, isDurable: isDurable)
        state.groupBytes = 0
    }

    private static let systemUptime: @Sendable () -> Duration = {
        let start = ContinuousClock.now
        return { ContinuousClock.now - start }
    }()
}
