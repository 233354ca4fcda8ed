internal import TapedeckSQLite

/// Brings a store's log into its file, from two connections of its own.
struct StoreCheckpoint: ~Copyable {
    let connection: Connection
    private let other: Connection

    /// - Parameter opener: of the store.
    /// - Throws: `TapedeckError` or `SQLiteError` when it cannot be opened for writing.
    init(_ opener: StoreOpener) throws {
        let connection = try opener.connectForWriting()
        // Where somebody is in the way, the checkpoint comes later.
        try connection.execute("PRAGMA busy_timeout = 0")
        other = try opener.connectForWriting()
        self.connection = connection
    }

    /// Brings in what is in the log.
    ///
    /// - Parameters:
    ///   - keepsWritersOut: whether to wait for the writer's lock and hold it meanwhile, so that no commit is missed,
    ///     whoever's it is.
    ///   - cutsLog: whether to make the log's file empty too, where nobody else uses it at this moment.
    /// - Returns: how far it got; nil where somebody else was in the way.
    /// - Throws: `SQLiteError` when the file cannot be written.
    func run(keepsWritersOut: Bool = false, cutsLog: Bool = false) throws(SQLiteError) -> LogProgress? {
        if keepsWritersOut {
            do throws(SQLiteError) {
                try other.execute("BEGIN IMMEDIATE")
            } catch {
                guard error.code.primary == .busy else { throw error }
                return nil
            }
        }
        defer { other.rollBack() }
        return try connection.checkpoint(cutsLog: cutsLog)
    }

    /// The bytes of a page, and so of what a frame holds.
    var pageByteCount: Int {
        get throws(SQLiteError) { Int(try connection.integer("PRAGMA page_size") ?? 4096) }
    }
}
