internal import TapedeckSQLite

extension CaptureStore {
    /// Runs `body` with a connection for storing much at once, in the journal that suits it.
    ///
    /// - Parameters:
    ///   - letsOthersIn: whether it commits now and then, so that others get their turn.
    ///   - body: the work.
    /// - Returns: what `body` returns.
    /// - Throws: what `body` throws, and `TapedeckError` or `SQLiteError` when the store cannot be opened for writing.
    func withConnectionForLoad<Result>(
        letsOthersIn: Bool,
        _ body: (borrowing Connection) throws -> Result
    ) throws -> Result {
        // Of its own, so that whoever asks the store something meanwhile, a callback included, is answered.
        let connection = try opener.connectForWriting()
        // Into an empty store the rollback journal is twice as fast as the log: it saves no new page. Where another
        // connection is open the switch is refused, and the log serves as well. It keeps others out, though, so that
        // batches, which are there to let them in, go through the log.
        let isEmpty = try connection.integer("SELECT EXISTS (SELECT 1 FROM exchanges)") == 0
        // Without a log there is nothing to switch, and one that cannot be used must not be turned on at the end.
        let isAlone = try isEmpty && !letsOthersIn && connection.usesLog()
        if isAlone {
            giveUpConnection()
            _ = try? connection.text("PRAGMA journal_mode = DELETE")
        }
        defer { if isAlone { _ = try? connection.text("PRAGMA journal_mode = WAL") } }
        try connection.setDurability(.full)
        return try body(connection)
    }

    /// Brings the log into the file, if the store has one, and cuts it where that takes no waiting.
    ///
    /// What is held back is left to later checkpoints. What fails is in the log all the same.
    func bringInLog(of connection: borrowing Connection) {
        guard (try? connection.usesLog()) == true, let checkpoint = try? StoreCheckpoint(opener) else {
            return
        }
        WriteBack(opener.path, isLarge: true).beside { _ = try? checkpoint.cutLog() }
    }
}
