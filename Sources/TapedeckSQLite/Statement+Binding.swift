private import CTapedeckSQLite

// Parameters count from 1, as SQL's `?1` does. A bind fails only on a wrong index, a value over SQLite's length
// limit or a lack of memory.
extension Statement {
    package mutating func bind(_ value: Int64, at index: Int32) throws(SQLiteError) {
        try check(sqlite3_bind_int64(handle, index, value))
    }

    package mutating func bindNull(at index: Int32) throws(SQLiteError) {
        try check(sqlite3_bind_null(handle, index))
    }

    package mutating func bind(_ value: String, at index: Int32) throws(SQLiteError) {
        var value = value
        let result = value.withUTF8 { text in
            tapedeck_sqlite3_bind_copied_text(handle, index, Self.address(text), UInt64(text.count))
        }
        try check(result)
    }

    /// Binds the bytes of a text that SQLite copies.
    package mutating func bind(text: [UInt8], at index: Int32) throws(SQLiteError) {
        let result = text.withUnsafeBytes { text in
            tapedeck_sqlite3_bind_copied_text(handle, index, Self.address(text), UInt64(text.count))
        }
        try check(result)
    }

    /// Binds text without copying it.
    ///
    /// - Parameters:
    ///   - text: UTF-8 that must stay in place, unchanged, until the statement ran and the value was replaced or
    ///     `clearBindings()` was called.
    ///   - index: the parameter's number, from 1.
    /// - Throws: `SQLiteError` when there is no such parameter or the text is too long.
    package mutating func bindText(borrowing text: UnsafeRawBufferPointer, at index: Int32)
        throws(SQLiteError)
    {
        try check(tapedeck_sqlite3_bind_static_text(handle, index, Self.address(text), UInt64(text.count)))
    }

    package mutating func bind(blob: [UInt8], at index: Int32) throws(SQLiteError) {
        let result = blob.withUnsafeBytes { bytes in
            tapedeck_sqlite3_bind_copied_blob(handle, index, Self.address(bytes), UInt64(bytes.count))
        }
        try check(result)
    }

    /// Sets every parameter to null, so that no borrowed text is pointed to any more.
    package mutating func clearBindings() {
        sqlite3_clear_bindings(handle)
    }

    /// SQLite takes a null address for SQL's null, so empty text needs an address of something.
    private static func address(_ bytes: UnsafeRawBufferPointer) -> UnsafeRawPointer? {
        bytes.baseAddress ?? UnsafeRawPointer(bitPattern: 1)
    }

    private static func address(_ bytes: UnsafeBufferPointer<UInt8>) -> UnsafeRawPointer? {
        address(UnsafeRawBufferPointer(bytes))
    }

    private func check(_ result: Int32) throws(SQLiteError) {
        guard result == SQLITE_OK else {
            throw SQLiteError(result, database: sqlite3_db_handle(handle), operation: sql)
        }
    }
}
