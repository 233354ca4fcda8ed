private import CTapedeckSQLite

extension Connection {
    /// Runs every statement of `sql`; rows, if any, are dropped.
    package borrowing func execute(_ sql: String) throws(SQLiteError) {
        let result = sqlite3_exec(handle, sql, nil, nil, nil)
        guard result == SQLITE_OK else { throw SQLiteError(result, database: handle, operation: sql) }
    }

    /// Compiles one statement.
    ///
    /// - Parameter sql: a single SQL statement with its values as parameters, `?1` and so on.
    /// - Returns: the statement.
    /// - Throws: `SQLiteError` when the text does not compile.
    package borrowing func prepare(_ sql: String) throws(SQLiteError) -> Statement {
        var compiled: OpaquePointer?
        // PERSISTENT: all of ours are kept and run many times.
        let result = sqlite3_prepare_v3(handle, sql, -1, UInt32(SQLITE_PREPARE_PERSISTENT), &compiled, nil)
        guard result == SQLITE_OK, let compiled else {
            throw SQLiteError(result, database: handle, operation: sql)
        }
        return Statement(handle: compiled)
    }

    /// How many rows the latest statement inserted, changed or deleted.
    package var changedRowCount: Int { Int(sqlite3_changes64(handle)) }

    /// The first column of the first row of `sql`, as an integer; nil where there is no row or the value is null.
    package borrowing func integer(_ sql: String) throws(SQLiteError) -> Int64? {
        var statement = try prepare(sql)
        guard try statement.step() else { return nil }
        return statement.integer(at: 0)
    }

    /// The first column of the first row of `sql`, as text; nil where there is no row or the value is null.
    package borrowing func text(_ sql: String) throws(SQLiteError) -> String? {
        var statement = try prepare(sql)
        guard try statement.step() else { return nil }
        return statement.text(at: 0)
    }
}
