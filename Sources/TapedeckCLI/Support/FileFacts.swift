import Tapedeck

#if canImport(Glibc)
private import Glibc
#elseif canImport(Musl)
private import Musl
#else
private import Darwin
#endif

/// What is at a path or behind standard input.
struct FileFacts {
    /// The bytes of a regular file; nil for a pipe, a device or a folder.
    let size: Int?
    let isPipe: Bool

    private init(_ status: stat) {
        size = status.st_mode & S_IFMT == S_IFREG ? Int(status.st_size) : nil
        isPipe = status.st_mode & S_IFMT == S_IFIFO
    }

    /// The facts of the file at a path, links followed; nil where there is none or it cannot be told.
    init?(path: String) {
        var status = stat()
        guard stat(path, &status) == 0 else { return nil }
        self.init(status)
    }

    /// Where a path leads, links followed; itself where it leads nowhere.
    static func followingLinks(_ path: String) -> String {
        guard let resolved = realpath(path, nil) else { return path }
        defer { free(resolved) }
        return String(cString: resolved)
    }

    static var standardInput: FileFacts? {
        var status = stat()
        guard fstat(STDIN_FILENO, &status) == 0 else { return nil }
        return FileFacts(status)
    }

    /// Whether two paths lead to the same file, as far as that can be told.
    static func areSame(_ path: String, _ other: String) -> Bool {
        (try? FileStatus.areSame(path, other)) == true
    }
}
