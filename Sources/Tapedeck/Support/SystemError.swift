#if canImport(Glibc)
private import Glibc
#elseif canImport(Musl)
private import Musl
#else
private import Darwin
#endif

/// A system call that failed.
package struct SystemError: Error, CustomStringConvertible {
    /// The system's error number (`errno`).
    struct Number: RawRepresentable, Hashable {
        let rawValue: Int32

        static let noSuchFile = Number(rawValue: ENOENT)
        static let permissionDenied = Number(rawValue: EACCES)
        static let notPermitted = Number(rawValue: EPERM)
        static let readOnlyFileSystem = Number(rawValue: EROFS)
        static let noSpace = Number(rawValue: ENOSPC)
        static let quotaExceeded = Number(rawValue: EDQUOT)
        static let isDirectory = Number(rawValue: EISDIR)
        static let brokenPipe = Number(rawValue: EPIPE)
        static let exists = Number(rawValue: EEXIST)
        static let invalidArgument = Number(rawValue: EINVAL)
        static let notSupported = Number(rawValue: ENOTSUP)
        static let interrupted = Number(rawValue: EINTR)
        static let wouldBlock = Number(rawValue: EWOULDBLOCK)
    }

    let number: Number
    /// What was being done, such as `open`, and to which file.
    let operation: String

    /// Takes the number of the call that failed just now on this thread.
    init(_ operation: String) {
        number = Number(rawValue: errno)
        self.operation = operation
    }

    package var description: String {
        "\(operation): \(strerror(number.rawValue).map { String(cString: $0) } ?? "error \(number.rawValue)")"
    }
}
