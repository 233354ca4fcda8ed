private import CTapedeckSQLite

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

    /// The frames that the log held after the latest commit of this connection, 0 before the first. A frame is a page.
    ///
    /// Precondition: `watchLog()` was called.
    package var logFrameCount: Int { Int(frameCount.pointee) }

    /// Brings as much of the log into the file as goes without waiting for anybody.
    ///
    /// - Returns: how many of the log's frames are in the file; nil where another connection is at it.
    /// - Throws: `SQLiteError` when the file cannot be written.
    package borrowing func checkpoint() throws(SQLiteError) -> Int? {
        var done: Int32 = 0
        let result = sqlite3_wal_checkpoint_v2(handle, nil, SQLITE_CHECKPOINT_PASSIVE, nil, &done)
        if result & 0xFF == SQLITE_BUSY { return nil }
        guard result == SQLITE_OK else {
            throw SQLiteError(result, database: handle, operation: "checkpoint")
        }
        return Int(done)
    }
}
