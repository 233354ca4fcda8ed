#if canImport(Glibc)
private import Glibc
#elseif canImport(Musl)
private import Musl
#else
private import Darwin
#endif

/// A file that appears under its name only when it is whole.
///
/// Until then it has no name at all where the system can do that, so that not even a kill leaves anything; elsewhere one
/// beside its own, which is removed when the file goes out of use.
struct AtomicFile: ~Copyable {
    let descriptor: FileDescriptor
    private let isNamed: Bool
    private let temporaryPath: String
    private let finalPath: String

    init(_ path: String) throws {
        // A link stays a link: what it points to is replaced.
        let target = FileStatus.followingLink(path)
        let temporary = "\(target).partial-\(getpid())-\(UInt32.random(in: .min ... .max))"
        try FileStatus.requireFolder(of: target)
        if let unnamed = FileDescriptor(unnamedIn: FileStatus.folder(of: target)) {
            self.init(unnamed, isNamed: false, temporaryPath: temporary, finalPath: target)
        } else {
            let named = try FileDescriptor(temporary, .create)
            self.init(named, isNamed: true, temporaryPath: temporary, finalPath: target)
        }
    }

    private init(
        _ descriptor: consuming FileDescriptor,
        isNamed: Bool,
        temporaryPath: String,
        finalPath: String
    ) {
        self.descriptor = descriptor
        self.isNamed = isNamed
        self.temporaryPath = temporaryPath
        self.finalPath = finalPath
    }

    deinit {
        // After a commit there is nothing under that name.
        unlink(temporaryPath)
    }

    /// Brings the file to the disk and gives it its name.
    borrowing func commit() throws {
        try descriptor.synchronize()
        // What has no name can be given a free one only, and is then renamed like the other.
        if !isNamed { try descriptor.link(to: temporaryPath) }
        guard rename(temporaryPath, finalPath) == 0 else { throw SystemError(finalPath) }
        // Without this a power failure could bring the old name back.
        try FileDescriptor.synchronizeFolder(of: finalPath)
    }
}
