private import CTapedeckSQLite

/// One compiled SQL statement, with its bound values and its current row.
package struct Statement: ~Copyable {
    let handle: OpaquePointer

    init(handle: OpaquePointer) {
        self.handle = handle
    }

    deinit {
        sqlite3_finalize(handle)
    }

    /// Moves to the next row.
    ///
    /// - Returns: false when there is none; the statement is then ready to run again.
    /// - Throws: `SQLiteError` when the statement fails; it is reset then, so that it holds no lock.
    package mutating func step() throws(SQLiteError) -> Bool {
        switch sqlite3_step(handle) {
        case SQLITE_ROW:
            return true
        case SQLITE_DONE:
            sqlite3_reset(handle)
            return false
        case let result:
            let error = SQLiteError(result, database: sqlite3_db_handle(handle), operation: sql)
            sqlite3_reset(handle)
            throw error
        }
    }

    /// Runs a statement that yields no rows.
    package mutating func run() throws(SQLiteError) {
        while try step() {}
    }

    /// Stops before the last row and gives up the locks of reading. The bound values stay.
    package mutating func reset() {
        sqlite3_reset(handle)
    }

    /// The SQL text, with its parameters as written.
    package var sql: String { String(cString: sqlite3_sql(handle)) }
}
