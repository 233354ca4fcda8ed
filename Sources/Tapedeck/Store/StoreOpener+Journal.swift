internal import TapedeckSQLite

// SQLite's write-ahead log needs memory that all connections to a file share. A file keeps the mark that it has a log
// wherever it is copied to, and where there is no such memory, a file with the mark cannot even be read.
extension StoreOpener {
    /// Turns write-ahead logging on where it can be. Where it cannot (a file system without shared memory, another
    /// connection at work), the store is used as it is.
    ///
    /// - Returns: what the store then has.
    func useWriteAheadLog(_ connection: borrowing Connection) throws -> CaptureStore.JournalMode {
        if try connection.usesLog() { return .writeAheadLog }
        guard connection.canShareMemory() else { return .rollback }
        do throws(SQLiteError) {
            return try connection.text("PRAGMA journal_mode = WAL") == "wal" ? .writeAheadLog : .rollback
        } catch {
            guard error.code.primary == .busy else { throw error }
            return .rollback
        }
    }

    /// Whether a program that was killed left a commit half done, which the next connection that may write would roll back in the
    /// file.
    func hasJournalToRollBack() throws -> Bool {
        guard try StoreInspector.hasContent(path + "-journal") else { return false }
        do throws(SQLiteError) {
            let connection = try Connection(
                path: path,
                access: .readOnly,
                busyMilliseconds: options.busyTimeoutMilliseconds
            )
            try connection.execute("SELECT count(*) FROM sqlite_schema")
            return false
        } catch {
            return error.code == .readOnlyRollback
        }
    }

    /// Has a connection leave the log where it lies, if it holds anything. Whichever of a file's connections closes last would
    /// bring it in; an empty one may be taken away.
    func leaveLog(by connection: borrowing Connection) throws {
        if try StoreInspector.hasContent(path + "-wal") { connection.keepLogOnClose() }
    }

    /// What the store has, as a connection that does not change that finds it.
    func journal(of connection: borrowing Connection) throws(SQLiteError) -> CaptureStore.JournalMode {
        try connection.usesLog() ? .writeAheadLog : .rollback
    }

    /// A connection for writing. A store that comes with a log from where there was shared memory to where there is none is
    /// turned to the rollback journal first.
    func connectForWritingLeavingLog() throws -> Connection {
        do {
            return try connectForWriting()
        } catch let error as SQLiteError where isForWantOfSharedMemory(error) {
            try leaveWriteAheadLog(because: error)
            return try connectForWriting()
        }
    }

    /// Whether a log could not be used for the want of shared memory. SQLite says of the `-shm` alone, as of any other file, that
    /// it cannot be opened; where there is one, it can.
    func isForWantOfSharedMemory(_ error: SQLiteError) -> Bool {
        if error.code.isOfSharedMemory || error.code.primary == .protocol { return true }
        guard error.code.primary == .cannotOpen else { return false }
        return (try? FileStatus.of(path + "-shm"))?.isRegular != true
    }

    /// Brings the log in and takes the mark away, with the file to itself: then the memory needs not be shared
    /// (<https://sqlite.org/wal.html#use_of_wal_without_shared_memory>).
    private func leaveWriteAheadLog(because cause: SQLiteError) throws {
        let connection = try Connection(
            path: path,
            access: .readWrite,
            busyMilliseconds: options.busyTimeoutMilliseconds
        )
        do throws(SQLiteError) {
            try connection.execute("PRAGMA locking_mode = EXCLUSIVE; PRAGMA synchronous = EXTRA")
            _ = try connection.text("PRAGMA journal_mode = DELETE")
        } catch {
            // Whatever else keeps the log from being opened keeps this from it too.
            throw error.code.primary == .cannotOpen ? cause : error
        }
    }
}
