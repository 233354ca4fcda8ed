#if HTTP
import Foundation

/// Holds the lock that whoever writes to a store needs, as long as it lives.
///
/// It is the byte that SQLite locks for that (https://sqlite.org/walformat.html#wal_locks).
final class StoreLock {
    private static let writeLockOffset = 120

    private let descriptor: Int32

    /// - Parameter store: the store, which some process has open.
    /// - Throws: where somebody writes to it.
    init(_ store: URL) throws {
        descriptor = open(store.path + "-shm", O_RDWR | O_CLOEXEC)
        var lock = Self.writeLock(F_WRLCK)
        guard descriptor >= 0, fcntl(descriptor, F_SETLK, &lock) == 0 else {
            throw TestSocket.Failure("lock")
        }
    }

    /// Lets others write.
    func release() throws {
        var lock = Self.writeLock(F_UNLCK)
        guard fcntl(descriptor, F_SETLK, &lock) == 0 else { throw TestSocket.Failure("unlock") }
    }

    private static func writeLock(_ kind: Int32) -> flock {
        var lock = flock()
        lock.l_type = Int16(kind)
        lock.l_whence = Int16(SEEK_SET)
        lock.l_start = writeLockOffset
        lock.l_len = 1
        return lock
    }

    deinit {
        close(descriptor)
    }
}
#endif
