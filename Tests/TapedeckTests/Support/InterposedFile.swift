import CTapedeckSQLite
import Synchronization

@testable import TapedeckSQLite

/// Stands between a connection and its database file, so that a test can act in the midst of a checkpoint.
enum InterposedFile {
    struct Hooks: Sendable {
        /// Called before each write, in place of which it may return another result than `SQLITE_OK`.
        var write: @Sendable () -> Int32 = { SQLITE_OK }
        /// Called when SQLite lets go of mapped pages. A checkpoint does that, if the log is not as its connection saw it
        /// last, after it has looked at how much is in the log, and before it looks at how much of that was brought in.
        var unfetch: @Sendable () -> Void = {}
    }

    private struct Interposed: @unchecked Sendable {
        // The pointers lead to methods that nobody changes.
        let original: UnsafePointer<sqlite3_io_methods>
        let own: UnsafePointer<sqlite3_io_methods>
        let hooks: Hooks
    }

    /// By the addresses of the files that SQLite has open.
    private static let interposed = Mutex<[Int: Interposed]>([:])

    /// Has the hooks called until the connection is closed.
    static func put(_ hooks: Hooks, on connection: borrowing Connection) throws {
        var pointer: UnsafeMutablePointer<sqlite3_file>?
        sqlite3_file_control(connection.handle, "main", SQLITE_FCNTL_FILE_POINTER, &pointer)
        guard let file = pointer, let original = file.pointee.pMethods else {
            throw SQLiteError(code: .cannotOpen, message: "no file", operation: "interpose")
        }
        var methods = original.pointee
        methods.xWrite = { file, bytes, count, offset in
            guard let interposed = InterposedFile.find(file) else { return SQLITE_MISUSE }
            let result = interposed.hooks.write()
            return result == SQLITE_OK
                ? interposed.original.pointee.xWrite(file, bytes, count, offset) : result
        }
        methods.xUnfetch = { file, offset, page in
            guard let interposed = InterposedFile.find(file) else { return SQLITE_MISUSE }
            interposed.hooks.unfetch()
            return interposed.original.pointee.xUnfetch(file, offset, page)
        }
        methods.xClose = { file in
            guard let interposed = InterposedFile.find(file) else { return SQLITE_MISUSE }
            let key = Int(bitPattern: file)
            InterposedFile.interposed.withLock { $0[key] = nil }
            file?.pointee.pMethods = interposed.original
            interposed.own.deallocate()
            return interposed.original.pointee.xClose(file)
        }
        let own = UnsafeMutablePointer<sqlite3_io_methods>.allocate(capacity: 1)
        own.initialize(to: methods)
        let entry = Interposed(original: original, own: UnsafePointer(own), hooks: hooks)
        let key = Int(bitPattern: file)
        interposed.withLock { $0[key] = entry }
        file.pointee.pMethods = UnsafePointer(own)
    }

    private static func find(_ file: UnsafeMutablePointer<sqlite3_file>?) -> Interposed? {
        let key = Int(bitPattern: file)
        return interposed.withLock { $0[key] }
    }
}
