#if canImport(Glibc)
private import Glibc
#elseif canImport(Musl)
private import Musl
#else
private import Darwin
#endif

/// A lock that one process at a time has, in an empty file of its own.
///
/// It ends with the process, however that ends. The file is removed with it; one that a killed process left is in nobody's
/// way.
package struct FileLock: ~Copyable {
    private let path: String
    private let descriptor: FileDescriptor

    /// Takes the lock; nil where another has it.
    package init?(path: String) throws(SystemError) {
        while true {
            let descriptor = try FileDescriptor(path, .append)
            guard try descriptor.lock() else { return nil }
            // Whoever had it may have removed the file just before this one was locked.
            guard try FileStatus.of(path)?.identity == descriptor.status().identity else { continue }
            self.path = path
            self.descriptor = descriptor
            return
        }
    }

    deinit {
        unlink(path)
    }

    /// Whether somebody has the lock.
    package static func isTaken(path: String) throws(SystemError) -> Bool {
        guard try FileStatus.of(path) != nil else { return false }
        return try !FileDescriptor(path, .read).lock()
    }
}
