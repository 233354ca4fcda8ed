#if canImport(Glibc)
private import Glibc
#elseif canImport(Musl)
private import Musl
#else
private import Darwin
#endif

/// A file that appears under its name only when it is whole.
///
/// It is written beside that name and renamed at the end. Going out of use before that, it leaves nothing.
struct AtomicFile: ~Copyable {
    let descriptor: FileDescriptor
    private let temporaryPath: String
    private let finalPath: String

    init(_ path: String) throws {
        let target = Self.resolvingLinks(path)
        let temporary = "\(target).partial-\(getpid())-\(UInt32.random(in: .min ... .max))"
        try FileStatus.requireFolder(of: target)
        self.init(try FileDescriptor(temporary, .create), temporaryPath: temporary, finalPath: target)
    }

    private init(_ descriptor: consuming FileDescriptor, temporaryPath: String, finalPath: String) {
        self.descriptor = descriptor
        self.temporaryPath = temporaryPath
        self.finalPath = finalPath
    }

    /// A link stays a link: what it points to is replaced.
    private static func resolvingLinks(_ path: String) -> String {
        guard let resolved = realpath(path, nil) else { return path }
        defer { free(resolved) }
        return String(cString: resolved)
    }

    deinit {
        // After a commit there is nothing under that name.
        unlink(temporaryPath)
    }

    /// Brings the file to the disk and gives it its name.
    borrowing func commit() throws {
        try descriptor.synchronize()
        guard rename(temporaryPath, finalPath) == 0 else { throw SystemError(finalPath) }
        // Without this a power failure could bring the old name back.
        try FileDescriptor(FileStatus.folder(of: finalPath), .read).synchronize()
    }
}
