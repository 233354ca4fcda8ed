#if canImport(Glibc)
private import Glibc
#elseif canImport(Musl)
private import Musl
#else
private import Darwin
#endif

/// A private folder that is removed, with the files in it, when it goes out of use.
struct TemporaryFolder: ~Copyable {
    let path: String

    /// - Parameter parent: the folder to make it in; nil for the system's own for such things.
    /// - Throws: `SystemError` when it cannot be made.
    init(in parent: String? = nil) throws(SystemError) {
        let parent = parent ?? getenv("TMPDIR").map { String(cString: $0) } ?? "/tmp"
        var template = Array((parent + "/tapedeck-XXXXXX").utf8CString)
        guard mkdtemp(&template) != nil else { throw SystemError(parent) }
        path = template.withUnsafeBufferPointer { buffer in
            buffer.baseAddress.map { String(cString: $0) } ?? parent
        }
    }

    deinit {
        for name in FileStatus.names(in: path) { unlink(path + "/" + name) }
        rmdir(path)
    }
}
