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
    private static let mark = ".partial-"

    let descriptor: FileDescriptor
    private let isNamed: Bool
    /// Where it lies until then, if it has a name.
    let temporaryPath: String
    private let finalPath: String

    /// - Parameters:
    ///   - path: the name that it will have.
    ///   - needsName: whether others must be able to open it by `temporaryPath` meanwhile. A kill then leaves it there.
    /// - Throws: `TapedeckError` or `SystemError` when it cannot be made.
    init(_ path: String, needsName: Bool = false) throws {
        // A link stays a link: what it points to is replaced.
        let target = FileStatus.followingLink(path)
        let temporary = "\(target)\(Self.mark)\(getpid())-\(UInt32.random(in: .min ... .max))"
        try FileStatus.requireFolder(of: target)
        if !needsName, let unnamed = FileDescriptor(unnamedIn: FileStatus.folder(of: target)) {
            self.init(unnamed, isNamed: false, temporaryPath: temporary, finalPath: target)
        } else {
            let named = try FileDescriptor(temporary, .create)
            self.init(named, isNamed: true, temporaryPath: temporary, finalPath: target)
        }
    }

    /// What a kill left of such a file, and what is being written now.
    static func partialPaths(of path: String) -> [String] {
        let target = FileStatus.followingLink(path)
        let prefix = (target.split(separator: "/").last ?? "") + mark
        let names = FileStatus.names(in: FileStatus.folder(of: target)).filter { $0.hasPrefix(prefix) }
        return names.sorted().map { target + $0.dropFirst(prefix.count - mark.count) }
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
        // After a commit there is nothing under that name. A store that somebody looked into may have left a log.
        for suffix in isNamed ? ["", "-wal", "-shm"] : [""] { unlink(temporaryPath + suffix) }
    }

    /// Brings the file to the disk and gives it its name.
    ///
    /// - Parameter replaces: whether it takes the place of a file that has the name. Otherwise that is an error, even where
    ///   such a file came to be just now.
    /// - Throws: `SystemError` when that cannot be done; then nothing has changed.
    borrowing func commit(replaces: Bool = true) throws {
        try descriptor.synchronize()
        // What has no name can be given a free one only, and is then renamed like the other.
        if !isNamed { try descriptor.link(to: temporaryPath) }
        if replaces {
            guard rename(temporaryPath, finalPath) == 0 else { throw SystemError(finalPath) }
        } else {
            // Unlike a renaming, a second name is never given in the place of a file; the first goes with this value.
            guard link(temporaryPath, finalPath) == 0 else { throw SystemError(finalPath) }
        }
        // Without this a power failure could bring the old name back.
        try FileDescriptor.synchronizeFolder(of: finalPath)
    }
}
