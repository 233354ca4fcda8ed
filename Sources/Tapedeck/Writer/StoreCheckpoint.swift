internal import TapedeckSQLite

/// Brings a store's log into its file, from two connections of its own.
///
/// SQLite before 3.51.3 can take a commit as brought in that is not, and so lose it, if a commit begins the log anew just when
/// a checkpoint has looked how long it is (<https://sqlite.org/wal.html#walresetbug>). So one connection reads while the other
/// brings in. What is read is either in the log, which then nobody can begin anew, or in the file alone, which then nobody
/// can write to. That holds for writers and readers in other programs too, as they respect the same locks.
struct StoreCheckpoint: ~Copyable {
    private static let patienceMilliseconds = 1000

    let connection: Connection
    /// The one that reads.
    private let guardian: Connection

    /// - Parameter opener: of the store.
    /// - Throws: `TapedeckError` or `SQLiteError` when it cannot be opened for writing.
    init(_ opener: StoreOpener) throws {
        let connection = try opener.connectForWriting()
        // Where somebody is in the way, the checkpoint comes later.
        try connection.execute("PRAGMA busy_timeout = 0")
        guardian = try opener.connectForWriting()
        self.connection = connection
    }

    /// Brings in what is in the log.
    ///
    /// - Parameters:
    ///   - keepsWritersOut: whether to wait for the writer's lock, and then for whoever else brings the log in, and hold the
    ///     lock meanwhile, so that no commit is missed, whoever's it is.
    ///   - cutsLog: whether to make the log's file empty too, where nobody else uses it at this moment.
    /// - Returns: how far it got; nil where somebody else was in the way.
    /// - Throws: `SQLiteError` when the file cannot be written.
    func run(keepsWritersOut: Bool = false, cutsLog: Bool = false) throws(SQLiteError) -> LogProgress? {
        defer { guardian.rollBack() }
        do throws(SQLiteError) {
            // A transaction begins to read with its first statement, and one that may write at once.
            try guardian.execute(
                keepsWritersOut ? "BEGIN IMMEDIATE" : "BEGIN; SELECT count(*) FROM sqlite_schema"
            )
        } catch {
            guard error.code.primary == .busy else { throw error }
            return nil
        }
        var progress = try connection.checkpoint(cutsLog: cutsLog)
        // With the writer's lock held, whoever is at it has nothing more to do soon. Going on without having been there would
        // let a writer that is fast outrun every checkpoint.
        var patienceMilliseconds = keepsWritersOut ? Self.patienceMilliseconds : 0
        while progress == nil && patienceMilliseconds > 0 {
            Connection.sleep(milliseconds: 1)
            patienceMilliseconds -= 1
            progress = try connection.checkpoint(cutsLog: cutsLog)
        }
        return progress
    }

    /// Brings in what is in the log, and makes its file empty where nobody else uses it at this moment.
    ///
    /// The first checkpoint lets writers go on, so that the second, which does not, has little left to do.
    ///
    /// - Returns: whether the file is empty.
    /// - Throws: `SQLiteError` when a file cannot be written.
    func cutLog() throws(SQLiteError) -> Bool {
        _ = try run()
        return try run(cutsLog: true)?.isComplete == true
    }

    /// The bytes of a page, and so of what a frame holds.
    var pageByteCount: Int {
        get throws(SQLiteError) { Int(try connection.integer("PRAGMA page_size") ?? 4096) }
    }
}
