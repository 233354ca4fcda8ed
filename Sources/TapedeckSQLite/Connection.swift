private import CTapedeckSQLite

/// One connection to a database file.
///
/// It is opened without SQLite's own mutex: whoever holds it must not use it from two threads at once. As it cannot be
/// copied, a `Mutex<Connection>` (or being local to one function) is all the proof that takes.
package struct Connection: ~Copyable {
    /// How a database file is opened.
    package enum Access: Sendable {
        case readWrite
        case readOnly
        /// Read-only, and the caller promises that nobody changes the file: no lock is taken, no side file looked at.
        case immutable
    }

    /// The longest text, blob or row that SQLite takes or hands out, in bytes: 256 MiB, and 64 KiB around them.
    ///
    /// A file may claim any length, and its schema may compute values of any, up to SQLite's own limit of 10^9 bytes, each of
    /// which would be made room for (<https://sqlite.org/limits.html>, section 1).
    package static let lengthLimitByteCount: Int32 = (256 << 20) + (64 << 10)

    let handle: OpaquePointer
    /// Where the hook below leaves the length of the log.
    let frameCount: UnsafeMutablePointer<Int32>
    private let lockWait: UnsafeMutablePointer<LockWait>

    /// Opens an existing file.
    ///
    /// - Parameters:
    ///   - path: the file's path. It is never taken as a URI, whatever it looks like.
    ///   - access: what will be done with it.
    ///   - busyMilliseconds: how long to wait for a lock that another connection holds, 0 or more.
    /// - Throws: `SQLiteError` when the file cannot be opened. SQLite reads it only at the first statement, so that a
    ///   file that is no database is found there.
    package init(path: String, access: Access, busyMilliseconds: Int32) throws(SQLiteError) {
        let mode = access == .readWrite ? SQLITE_OPEN_READWRITE : SQLITE_OPEN_READONLY
        let flags = mode | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_URI | SQLITE_OPEN_EXRESCODE
        var opened: OpaquePointer?
        let result = sqlite3_open_v2(Self.uri(path, immutable: access == .immutable), &opened, flags, nil)
        guard result == SQLITE_OK, let opened else {
            let error = SQLiteError(result, database: opened, operation: "open")
            sqlite3_close_v2(opened)
            throw error
        }
        handle = opened
        frameCount = .allocate(capacity: 1)
        frameCount.initialize(to: 0)
        lockWait = .allocate(capacity: 1)
        lockWait.initialize(to: LockWait(limit: .milliseconds(busyMilliseconds)))
        LockWait.install(lockWait, on: opened)
        harden()
    }

    /// How long to wait for a lock that another connection holds.
    package var lockWaitLimit: Duration { lockWait.pointee.limit }

    deinit {
        sqlite3_wal_hook(handle, nil, nil)
        sqlite3_busy_handler(handle, nil, nil)
        // The v2 form waits for statements that are still alive, so that the order of destruction does not matter.
        sqlite3_close_v2(handle)
        frameCount.deallocate()
        lockWait.deallocate()
    }

    /// The file's path as a URI: the only form in which SQLite takes `immutable`.
    private static func uri(_ path: String, immutable: Bool) -> String {
        let digits = Array("0123456789ABCDEF".utf8)
        var bytes = Array("file:".utf8)
        // Before a path that begins with two slashes an empty authority, lest it be read as one; before a relative one its
        // folder, lest it be read as one of SQLite's special names, such as ":memory:".
        bytes += Array((path.hasPrefix("/") ? "//" : "./").utf8)
        for byte in path.utf8 {
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "/"), UInt8(ascii: "."),
                UInt8(ascii: "-"),
                UInt8(ascii: "_"):
                bytes.append(byte)
            default:
                bytes += [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
            }
        }
        if immutable { bytes += Array("?immutable=1".utf8) }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// A store may come from anywhere: nothing in its schema may run code or reach beyond its tables
    /// (<https://sqlite.org/security.html>).
    private func harden() {
        let switches: [(option: Int32, on: Int32)] = [
            (SQLITE_DBCONFIG_DEFENSIVE, 1),
            (SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0),
            (SQLITE_DBCONFIG_ENABLE_TRIGGER, 0),
            (SQLITE_DBCONFIG_ENABLE_VIEW, 0),
            (SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION, 0),
        ]
        for (option, on) in switches { switchOption(option, on) }
        sqlite3_limit(handle, SQLITE_LIMIT_LENGTH, Self.lengthLimitByteCount)
    }

    /// Turns an option on (1), off (0), or leaves it as it is (-1), and tells whether it is on then.
    @discardableResult
    private func switchOption(_ option: Int32, _ on: Int32) -> Bool {
        var state: Int32 = 0
        tapedeck_sqlite3_db_config_switch(handle, option, on, &state)
        return state == 1
    }

    /// Lets a file be read as far as it goes that ends before its last page.
    ///
    /// SQLite refuses such a file unless the schema may be written, which defensive mode forbids. So this is for a connection
    /// that only reads.
    package func acceptMissingEnd() {
        switchOption(SQLITE_DBCONFIG_DEFENSIVE, 0)
        switchOption(SQLITE_DBCONFIG_WRITABLE_SCHEMA, 1)
    }

    /// Whether `acceptMissingEnd()` was called.
    package var acceptsMissingEnd: Bool { switchOption(SQLITE_DBCONFIG_WRITABLE_SCHEMA, -1) }

    /// Leaves the write-ahead log where it is when this is the last connection that closes, so that the file stays as it is.
    package func keepLogOnClose() {
        switchOption(SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1)
    }

    /// Whether SQLite fell back to reading only, as it does silently for a file that may not be written.
    package var isReadOnly: Bool { sqlite3_db_readonly(handle, "main") == 1 }

    /// Whether a transaction is open.
    package var isInTransaction: Bool { sqlite3_get_autocommit(handle) == 0 }
}
