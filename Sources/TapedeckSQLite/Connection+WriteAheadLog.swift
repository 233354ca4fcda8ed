private import CTapedeckSQLite

/// How much of a log is in the file, as a checkpoint found and left it. A frame is a page.
package struct LogProgress: Sendable, Hashable {
    /// The frames that the log held when the checkpoint began, those of every connection.
    package let frameCount: Int
    /// How many of the log's frames are in the file.
    package let doneFrameCount: Int

    /// Whether nothing was missed of what was committed before the checkpoint began.
    package var isComplete: Bool { doneFrameCount >= frameCount }
}

extension Connection {
    /// Brings no log into the file by itself any more, and counts its frames instead.
    package borrowing func watchLog() {
        // The hook takes the place of SQLite's automatic checkpoint (<https://sqlite.org/c3ref/wal_hook.html>).
        sqlite3_wal_hook(
            handle,
            { frameCount, _, _, count in
                frameCount?.assumingMemoryBound(to: Int32.self).pointee = count
                return SQLITE_OK
            },
            frameCount
        )
    }

    /// Whether the file has a write-ahead log now.
    package borrowing func usesLog() throws(SQLiteError) -> Bool {
        try text("PRAGMA journal_mode") == "wal"
    }

    /// Whether connections to this file can share memory, which a write-ahead log is used through.
    ///
    /// SQLite does not ask before it turns a log on, and a file whose log cannot be used cannot be read either. So this does
    /// what SQLite would do next: it opens the `-shm` and maps the first of it
    /// (<https://sqlite.org/c3ref/io_methods.html>).
    ///
    /// Precondition: the file has no write-ahead log in use by this connection.
    package borrowing func canShareMemory() -> Bool {
        var pointer: UnsafeMutablePointer<sqlite3_file>?
        sqlite3_file_control(handle, "main", SQLITE_FCNTL_FILE_POINTER, &pointer)
        guard let file = pointer, let methods = file.pointee.pMethods, methods.pointee.iVersion >= 2,
            let map = methods.pointee.xShmMap
        else { return false }
        var memory: UnsafeMutableRawPointer?
        let regionByteCount: Int32 = 32768
        let result = map(file, 0, regionByteCount, 1, &memory)
        // The file stays: somebody else may have come to use it.
        _ = methods.pointee.xShmUnmap?(file, 0)
        return result == SQLITE_OK && memory != nil
    }

    /// The frames that the log held after the latest commit of this connection, 0 before the first.
    ///
    /// Precondition: `watchLog()` was called.
    package var logFrameCount: Int { Int(frameCount.pointee) }

    /// Brings as much of the log into the file as goes without waiting for anybody.
    ///
    /// - Parameter cutsLog: whether to make the log's file empty too, where nobody else uses it at this moment.
    /// - Returns: how far it got; nil where another connection is at it.
    /// - Throws: `SQLiteError` when the file cannot be written.
    package borrowing func checkpoint(cutsLog: Bool = false) throws(SQLiteError) -> LogProgress? {
        var count: Int32 = 0
        var done: Int32 = 0
        let mode = cutsLog ? SQLITE_CHECKPOINT_TRUNCATE : SQLITE_CHECKPOINT_PASSIVE
        let result = sqlite3_wal_checkpoint_v2(handle, nil, mode, &count, &done)
        if result & 0xFF == SQLITE_BUSY { return nil }
        guard result == SQLITE_OK else {
            throw SQLiteError(result, database: handle, operation: "checkpoint")
        }
        return LogProgress(frameCount: Int(count), doneFrameCount: Int(done))
    }

    /// Brings the log's file to the disk: a checkpoint that cuts it leaves that to the system.
    ///
    /// - Throws: `SQLiteError` when the disk fails.
    package borrowing func synchronizeLog() throws(SQLiteError) {
        var pointer: UnsafeMutablePointer<sqlite3_file>?
        sqlite3_file_control(handle, "main", SQLITE_FCNTL_JOURNAL_POINTER, &pointer)
        // Without a log it is a journal, which is closed between transactions.
        guard let file = pointer, let synchronize = file.pointee.pMethods?.pointee.xSync else { return }
        let result = synchronize(file, SQLITE_SYNC_NORMAL)
        guard result == SQLITE_OK else {
            throw SQLiteError(result, database: handle, operation: "synchronize the log")
        }
    }

    /// Sleeps, for a lock that SQLite does not wait for by itself.
    package static func sleep(milliseconds: Int32) {
        sqlite3_sleep(milliseconds)
    }
}
