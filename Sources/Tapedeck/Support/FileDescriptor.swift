#if canImport(Glibc)
private import Glibc
#elseif canImport(Musl)
private import Musl
#else
private import Darwin
#endif

/// An open file of the system, closed when it goes out of use.
struct FileDescriptor: ~Copyable {
    /// How a file is opened.
    enum Mode {
        case read
        /// Written from the start; made with `permissions` when it does not exist.
        case write
        /// Made with `permissions`; fails where there is one already.
        case create
        /// Read, and written at its end; made with `permissions` when it does not exist.
        case append
    }

    let number: Int32
    private let isOwned: Bool

    static var standardInput: FileDescriptor { FileDescriptor(number: STDIN_FILENO, isOwned: false) }
    static var standardOutput: FileDescriptor { FileDescriptor(number: STDOUT_FILENO, isOwned: false) }

    private init(number: Int32, isOwned: Bool) {
        self.number = number
        self.isOwned = isOwned
    }

    /// Uses a file that somebody else opened and will close.
    init(borrowing number: Int32) {
        self.init(number: number, isOwned: false)
    }

    init(_ path: String, _ mode: Mode, permissions: UInt32 = 0o600) throws(SystemError) {
        let flags =
            switch mode {
            case .read: O_RDONLY
            case .write: O_WRONLY
            case .create: O_RDWR | O_CREAT | O_EXCL
            case .append: O_RDWR | O_CREAT | O_APPEND
            }
        let opened = open(path, flags | O_CLOEXEC, mode_t(permissions))
        guard opened >= 0 else { throw SystemError(path) }
        number = opened
        isOwned = true
    }

    /// Opens the same file once more, at the same position.
    init(copying number: Int32) throws(SystemError) {
        let copy = fcntl(number, F_DUPFD_CLOEXEC, 0)
        guard copy >= 0 else { throw SystemError("descriptor \(number)") }
        self.init(number: copy, isOwned: true)
    }

    /// Makes a file without a name, for its owner alone, on the file system of `folder`; nil where that cannot be done.
    init?(unnamedIn folder: String) {
        #if os(Linux)
        // O_TMPFILE, which Swift cannot see: a macro made of others (fcntl(2)).
        let opened = open(folder, O_RDWR | O_CLOEXEC | O_DIRECTORY | 0o20_000_000, mode_t(0o600))
        guard opened >= 0 else { return nil }
        self.init(number: opened, isOwned: true)
        #else
        return nil
        #endif
    }

    /// Gives a file without a name this one, which must be free.
    borrowing func link(to path: String) throws(SystemError) {
        guard linkat(AT_FDCWD, "/proc/self/fd/\(number)", AT_FDCWD, path, AT_SYMLINK_FOLLOW) == 0 else {
            throw SystemError(path)
        }
    }

    deinit {
        if isOwned { close(number) }
    }

    /// Whether somebody types what is read.
    var isTerminal: Bool { isatty(number) == 1 }

    /// Reads up to as many bytes as fit. 0 means the end.
    borrowing func read(into buffer: UnsafeMutableRawBufferPointer) throws(SystemError) -> Int {
        try Self.retrying("read") {
            #if canImport(Glibc)
            Glibc.read(number, buffer.baseAddress, buffer.count)
            #elseif canImport(Musl)
            Musl.read(number, buffer.baseAddress, buffer.count)
            #else
            Darwin.read(number, buffer.baseAddress, buffer.count)
            #endif
        }
    }

    /// Reads up to as many bytes as fit, from `offset` on. Less than that means the end.
    borrowing func read(
        into buffer: UnsafeMutableRawBufferPointer,
        at offset: Int
    ) throws(SystemError) -> Int {
        var done = 0
        while done < buffer.count {
            let rest = UnsafeMutableRawBufferPointer(rebasing: buffer[done...])
            let count = try Self.retrying("read") {
                pread(number, rest.baseAddress, rest.count, off_t(offset + done))
            }
            if count == 0 { break }
            done += count
        }
        return done
    }

    /// Writes all of `bytes`.
    borrowing func write(_ bytes: UnsafeRawBufferPointer) throws(SystemError) {
        var done = 0
        while done < bytes.count {
            done += try writeSome(UnsafeRawBufferPointer(rebasing: bytes[done...]))
        }
    }

    /// Writes all of another file from `offset` on, or what it has come to when `isCancelled` says true.
    borrowing func append(
        contentsOf path: String,
        from offset: Int = 0,
        until isCancelled: () -> Bool = { false }
    ) throws(SystemError) {
        let input = try FileDescriptor(path, .read)
        let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 16, alignment: 16)
        defer { buffer.deallocate() }
        var position = offset
        while !isCancelled(), case let count = try input.read(into: buffer, at: position), count > 0 {
            try write(UnsafeRawBufferPointer(rebasing: buffer[..<count]))
            position += count
        }
    }

    /// Writes as many of `bytes` as the system takes at once, and tells how many.
    borrowing func writeSome(_ bytes: UnsafeRawBufferPointer) throws(SystemError) -> Int {
        try Self.retrying("write") {
            #if canImport(Glibc)
            Glibc.write(number, bytes.baseAddress, bytes.count)
            #elseif canImport(Musl)
            Musl.write(number, bytes.baseAddress, bytes.count)
            #else
            Darwin.write(number, bytes.baseAddress, bytes.count)
            #endif
        }
    }

    /// Returns once what was written is on the disk.
    borrowing func synchronize() throws(SystemError) {
        _ = try Self.retrying("fsync") { Int(fsync(number)) }
    }

    /// Returns once the folder that holds `path` is on the disk, so that a power failure takes no new name back.
    ///
    /// A folder that may not be read, or a file system that syncs none, has no such promise to give.
    static func synchronizeFolder(of path: String) throws(SystemError) {
        do throws(SystemError) {
            try FileDescriptor(FileStatus.folder(of: path), .read).synchronize()
        } catch {
            guard [.permissionDenied, .invalidArgument, .notSupported].contains(error.number) else {
                throw error
            }
        }
    }

    /// Locks the file for this descriptor alone, until it is closed or the process ends (flock(2)).
    ///
    /// - Returns: whether it did; false where another holds the lock.
    borrowing func lock() throws(SystemError) -> Bool {
        do throws(SystemError) {
            _ = try Self.retrying("flock") { Int(flock(number, LOCK_EX | LOCK_NB)) }
            return true
        } catch {
            guard error.number == .wouldBlock else { throw error }
            return false
        }
    }

    /// Makes the file `length` bytes long.
    borrowing func truncate(to length: Int) throws(SystemError) {
        guard ftruncate(number, off_t(length)) == 0 else { throw SystemError("ftruncate") }
    }

    /// What the file is and how long.
    borrowing func status() throws(SystemError) -> FileStatus {
        var status = stat()
        guard fstat(number, &status) == 0 else { throw SystemError("fstat") }
        return FileStatus(status)
    }

    /// Calls the system until no signal interrupts it.
    ///
    /// - Parameters:
    ///   - operation: what is done, for the error.
    ///   - call: the call; a negative number is a failure.
    /// - Returns: what the call returned.
    /// - Throws: `SystemError` for any other failure.
    private static func retrying(_ operation: String, _ call: () -> Int) throws(SystemError) -> Int {
        while true {
            let result = call()
            if result >= 0 { return result }
            let error = SystemError(operation)
            guard error.number == .interrupted else { throw error }
        }
    }
}
