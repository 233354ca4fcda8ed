import CTapedeckSQLite
import Synchronization

@testable import TapedeckSQLite

/// Stands between a connection and its database file, so that a test can act in the midst of a checkpoint.
///
/// The connection must not outlive it.
final class InterposedFile {
    struct Hooks: Sendable {
        /// Called before each write, in place of which it may return another result than `SQLITE_OK`.
        var write: @Sendable () -> Int32 = { SQLITE_OK }
        /// Called when SQLite lets go of mapped pages. A checkpoint does that, if the log is not as its connection saw it
        /// last, after it has looked at how much is in the log, and before it looks at how much of that was brought in.
        var unfetch: @Sendable () -> Void = {}
    }

    private struct Interposed: @unchecked Sendable {
        // The pointer leads to methods that SQLite never changes.
        let original: UnsafePointer<sqlite3_io_methods>
        let hooks: Hooks
    }

    private static let interposed = Mutex<[Int: Interposed]>([:])

    private static func of(_ file: UnsafeMutablePointer<sqlite3_file>) -> Interposed? {
        let key = Int(bitPattern: file)
        return interposed.withLock { $0[key] }
    }

    private let file: UnsafeMutablePointer<sqlite3_file>
    private let original: UnsafePointer<sqlite3_io_methods>
    private let methods: UnsafeMutablePointer<sqlite3_io_methods>

    init(_ connection: borrowing Connection, _ hooks: Hooks) throws {
        var pointer: UnsafeMutablePointer<sqlite3_file>?
        sqlite3_file_control(connection.handle, "main", SQLITE_FCNTL_FILE_POINTER, &pointer)
        guard let pointer, let original = pointer.pointee.pMethods else {
            throw SQLiteError(code: .cannotOpen, message: "no file", operation: "interpose")
        }
        file = pointer
        self.original = original
        methods = .allocate(capacity: 1)
        methods.initialize(to: original.pointee)
        methods.pointee.xWrite = { file, bytes, count, offset in
            guard let file, let interposed = InterposedFile.of(file) else { return SQLITE_MISUSE }
            let result = interposed.hooks.write()
            guard result == SQLITE_OK else { return result }
            return interposed.original.pointee.xWrite(file, bytes, count, offset)
        }
        methods.pointee.xUnfetch = { file, offset, page in
            guard let file, let interposed = InterposedFile.of(file) else { return SQLITE_MISUSE }
            interposed.hooks.unfetch()
            return interposed.original.pointee.xUnfetch(file, offset, page)
        }
        let entry = Interposed(original: original, hooks: hooks)
        let key = Int(bitPattern: file)
        Self.interposed.withLock { $0[key] = entry }
        file.pointee.pMethods = UnsafePointer(methods)
    }

    deinit {
        file.pointee.pMethods = original
        let key = Int(bitPattern: file)
        Self.interposed.withLock { $0[key] = nil }
        methods.deallocate()
    }
}
