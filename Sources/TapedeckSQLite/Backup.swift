private import CTapedeckSQLite

/// A copy of one database into another, page by page (<https://sqlite.org/backup.html>).
///
/// Both connections must outlive it, and the destination's is used for nothing else meanwhile.
package struct Backup: ~Copyable {
    private let handle: OpaquePointer

    /// Begins a copy.
    ///
    /// - Parameters:
    ///   - source: where to read. Inside a transaction it stays with what that sees, whoever writes meanwhile.
    ///   - destination: what is overwritten.
    /// - Throws: `SQLiteError` when the destination is in use.
    package init(from source: borrowing Connection, to destination: borrowing Connection) throws(SQLiteError)
    {
        guard let handle = sqlite3_backup_init(destination.handle, "main", source.handle, "main") else {
            throw SQLiteError(
                sqlite3_extended_errcode(destination.handle),
                database: destination.handle,
                operation: "begin a backup"
            )
        }
        self.handle = handle
    }

    deinit {
        sqlite3_backup_finish(handle)
    }

    /// Copies more pages.
    ///
    /// - Parameter pageCount: how many at the most, 1 or more.
    /// - Returns: false once all are copied, and the destination is committed.
    /// - Throws: `SQLiteError` when one database cannot be read or the other not be written.
    package mutating func step(pageCount: Int32) throws(SQLiteError) -> Bool {
        switch sqlite3_backup_step(handle, pageCount) {
        case SQLITE_OK: return true
        case SQLITE_DONE: return false
        case let result: throw SQLiteError(result, database: nil, operation: "backup")
        }
    }

    /// The pages of the source, as of the latest step.
    package var pageCount: Int { Int(sqlite3_backup_pagecount(handle)) }

    /// How many of them are still to be copied.
    package var remainingPageCount: Int { Int(sqlite3_backup_remaining(handle)) }
}
