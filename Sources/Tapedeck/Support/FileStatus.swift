#if canImport(Glibc)
internal import Glibc
#elseif canImport(Musl)
internal import Musl
#else
internal import Darwin
#endif

/// What a file is, and how long.
package struct FileStatus {
    /// Tells two names of one file from two files.
    struct Identity: Hashable {
        let device: UInt64
        let node: UInt64
    }

    let identity: Identity
    let isRegular: Bool
    let isDirectory: Bool
    let isDevice: Bool
    /// In bytes.
    let size: Int

    init(_ status: stat) {
        isRegular = status.st_mode & S_IFMT == S_IFREG
        isDirectory = status.st_mode & S_IFMT == S_IFDIR
        isDevice = [S_IFCHR, S_IFBLK].contains(status.st_mode & S_IFMT)
        size = Int(status.st_size)
        identity = Identity(
            device: UInt64(truncatingIfNeeded: status.st_dev),
            node: UInt64(truncatingIfNeeded: status.st_ino)
        )
    }

    /// The status of the file at `path`, links followed; nil where there is none.
    static func of(_ path: String) throws(SystemError) -> FileStatus? {
        var status = stat()
        guard stat(path, &status) != 0 else { return FileStatus(status) }
        let error = SystemError(path)
        guard error.number == .noSuchFile else { throw error }
        return nil
    }

    /// Whether two paths lead to the same file.
    package static func areSame(_ path: String, _ other: String) throws(SystemError) -> Bool {
        guard let left = try of(path), let right = try of(other) else { return false }
        return left.identity == right.identity
    }

    /// Whether this process may read the file at `path`.
    static func isReadable(_ path: String) -> Bool {
        access(path, R_OK) == 0
    }

    /// Where a link leads; `path` itself where it is none, or leads nowhere.
    static func followingLink(_ path: String) -> String {
        var status = stat()
        guard lstat(path, &status) == 0, status.st_mode & S_IFMT == S_IFLNK,
            let resolved = realpath(path, nil)
        else { return path }
        defer { free(resolved) }
        return String(cString: resolved)
    }

    /// Whether this process may write to the file or folder at `path`.
    static func isWritable(_ path: String) -> Bool {
        access(path, W_OK) == 0
    }

    /// Whether this process may write to the file at `path`, or make it where there is none.
    package static func isWritableOrAbsent(_ path: String) throws(SystemError) -> Bool {
        isWritable(try of(path) == nil ? folder(of: path) : path)
    }

    /// The folder that holds `path`.
    static func folder(of path: String) -> String {
        guard let slash = path.lastIndex(of: "/") else { return "." }
        return slash == path.startIndex ? "/" : String(path[..<slash])
    }

    /// The names in a folder, in no order; none where it cannot be read.
    static func names(in folder: String) -> [String] {
        guard let stream = opendir(folder) else { return [] }
        defer { closedir(stream) }
        var names: [String] = []
        while let entry = readdir(stream) {
            // Where it lies: the entry ends behind the name, and not where the type of its field does.
            guard let place = MemoryLayout<dirent>.offset(of: \.d_name) else { continue }
            let bytes = UnsafeRawPointer(entry).advanced(by: place).assumingMemoryBound(to: CChar.self)
            let name = String(cString: bytes)
            if name != "." && name != ".." { names.append(name) }
        }
        return names
    }

    /// Throws unless the folder that should hold `path` exists.
    static func requireFolder(of path: String) throws {
        let folder = folder(of: path)
        if let status = try of(folder), status.isDirectory { return }
        throw TapedeckError(.folderMissing, "\(path): the folder \(folder) does not exist; make it first")
    }
}
