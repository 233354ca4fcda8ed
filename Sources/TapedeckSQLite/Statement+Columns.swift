private import CTapedeckSQLite

// Columns count from 0, as in SQLite. They are read from the row that `step()` moved to.
extension Statement {
    /// The storage classes of a value (<https://sqlite.org/datatype3.html>).
    package enum StorageClass: Sendable {
        case integer, real, text, blob, null
    }

    package func storageClass(at index: Int32) -> StorageClass {
        switch sqlite3_column_type(handle, index) {
        case SQLITE_INTEGER: .integer
        case SQLITE_FLOAT: .real
        case SQLITE_TEXT: .text
        case SQLITE_BLOB: .blob
        default: .null
        }
    }

    /// The value as an integer, nil for null.
    package func integer(at index: Int32) -> Int64? {
        let value = sqlite3_column_int64(handle, index)
        return value == 0 && storageClass(at: index) == .null ? nil : value
    }

    /// The value as an integer, 0 for null: half the cost where a column is known to hold one.
    package func integerOrZero(at index: Int32) -> Int64 {
        sqlite3_column_int64(handle, index)
    }

    /// The value as text, nil for null.
    package func text(at index: Int32) -> String? {
        bytes(at: index).map { String(decoding: $0, as: UTF8.self) }
    }

    /// The bytes of a text or blob, nil for null.
    ///
    /// They may hold NUL and are valid until the next `step()`, `reset()` or the statement's end.
    package func bytes(at index: Int32) -> UnsafeRawBufferPointer? {
        // The address is asked for first: `sqlite3_column_bytes` then counts what that address points to.
        guard let address = sqlite3_column_blob(handle, index) else {
            // What is empty has no address either. Asking for a text or blob as it is converts nothing, so that the class
            // is still the stored one.
            return storageClass(at: index) == .null ? nil : UnsafeRawBufferPointer(start: nil, count: 0)
        }
        return UnsafeRawBufferPointer(start: address, count: Int(sqlite3_column_bytes(handle, index)))
    }
}
