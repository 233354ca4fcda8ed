private import CTapedeckSQLite

/// What SQLite reported when it could not do what it was asked.
///
/// It names the result code, SQLite's own message and the SQL text. Values are always bound and so never part of the
/// SQL; a payload cannot appear in it.
package struct SQLiteError: Error, Sendable, Hashable {
    /// An extended result code (<https://sqlite.org/rescode.html>).
    package struct Code: RawRepresentable, Sendable, Hashable {
        package let rawValue: Int32

        package init(rawValue: Int32) {
            self.rawValue = rawValue
        }

        /// Whether it is a failure of the shared memory that write-ahead logging needs.
        package var isOfSharedMemory: Bool {
            // SQLITE_IOERR_SHMOPEN, _SHMSIZE, _SHMLOCK, _SHMMAP: macros with a shift, which Swift cannot see.
            (18...21).contains(rawValue >> 8) && rawValue & 0xFF == SQLITE_IOERR
        }

        /// The result code without its extension, the low eight bits.
        package var primary: Code { Code(rawValue: rawValue & 0xFF) }

        /// What has no code of its own, such as that there is no table or index with a name.
        package static let general = Code(rawValue: SQLITE_ERROR)
        package static let busy = Code(rawValue: SQLITE_BUSY)
        package static let locked = Code(rawValue: SQLITE_LOCKED)
        package static let `protocol` = Code(rawValue: SQLITE_PROTOCOL)
        package static let readOnly = Code(rawValue: SQLITE_READONLY)
        package static let inputOutput = Code(rawValue: SQLITE_IOERR)
        /// A journal is to be rolled back, which a connection that only reads does not do: SQLITE_READONLY_ROLLBACK.
        package static let readOnlyRollback = Code(rawValue: SQLITE_READONLY | 3 << 8)
        package static let interrupted = Code(rawValue: SQLITE_INTERRUPT)
        package static let corrupt = Code(rawValue: SQLITE_CORRUPT)
        package static let full = Code(rawValue: SQLITE_FULL)
        package static let cannotOpen = Code(rawValue: SQLITE_CANTOPEN)
        package static let tooBig = Code(rawValue: SQLITE_TOOBIG)
        package static let constraint = Code(rawValue: SQLITE_CONSTRAINT)
        package static let permission = Code(rawValue: SQLITE_PERM)
        package static let authorization = Code(rawValue: SQLITE_AUTH)
        package static let notADatabase = Code(rawValue: SQLITE_NOTADB)
    }

    package let code: Code
    package let message: String
    /// The SQL that failed, or what was being done where there is none.
    package let operation: String

    package init(code: Code, message: String, operation: String) {
        self.code = code
        self.message = message
        self.operation = operation
    }

    /// Makes an error from the latest failure on `database`.
    init(_ result: Int32, database: OpaquePointer?, operation: String) {
        let text = database.map { sqlite3_errmsg($0) } ?? sqlite3_errstr(result)
        self.init(
            code: Code(rawValue: result),
            message: text.map { String(cString: $0) } ?? "unknown error",
            operation: operation
        )
    }
}

extension SQLiteError: CustomStringConvertible {
    package var description: String {
        "SQLite error \(code.rawValue): \(message) (\(operation))"
    }
}
