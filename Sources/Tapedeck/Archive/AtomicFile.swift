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
        // A link stays a link: what it points to is replaced.
        let resolved = realpath(path, nil)
        defer { free(resolved) }
        finalPath = resolved.map { String(cString: $0) } ?? path
        let folder = FileStatus.folder(of: finalPath)
        guard let parent = try FileStatus.of(folder), parent.isDirectory else {
            throw TapedeckError(.folderMissing, "\(path): the folder \(folder) does not exist; make it first")
        }
        temporaryPath = "\(finalPath).partial-\(getpid())-\(UInt32.random(in: .min ... .max))"
        descriptor = try FileDescriptor(temporaryPath, .create)
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
