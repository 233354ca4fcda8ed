#if canImport(Darwin)
internal import Darwin
#elseif canImport(Musl)
internal import Musl
#else
internal import Glibc
#endif

/// Reads the files that configure a redaction.
enum SmallFile {
    private static let limitByteCount = 1 << 20

    /// Reads a file whole.
    ///
    /// - Parameters:
    ///   - path: the file's path.
    ///   - isSecret: whether to refuse a file that others than its owner may read or write.
    /// - Returns: its bytes, at most 1 MiB.
    /// - Throws: `RedactionError`.
    static func read(_ path: String, isSecret: Bool) throws(RedactionError) -> [UInt8] {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard descriptor >= 0 else { throw unreadable(path) }
        defer { close(descriptor) }
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { throw unreadable(path) }
        guard status.st_mode & S_IFMT == S_IFREG, status.st_size <= limitByteCount else {
            throw RedactionError(.unreadableFile, "\(path): this is no file of at most 1 MiB")
        }
        // Of the file that was opened, and not of its name, which could mean another by now.
        guard !isSecret || status.st_mode & 0o177 == 0 else {
            throw RedactionError(
                .exposedKey,
                "\(path): others may use the key's file; close it to them with: chmod 600 '\(path)'"
            )
        }
        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 1 << 16)
        while true {
            let count = chunk.withUnsafeMutableBytes { systemRead(descriptor, $0.baseAddress, $0.count) }
            guard count >= 0 else {
                if errno == EINTR { continue }
                throw unreadable(path)
            }
            guard count > 0, bytes.count <= limitByteCount else { return bytes }
            bytes += chunk[..<count]
        }
    }

    static func environmentVariable(_ name: String) -> String? {
        getenv(name).map { String(cString: $0) }
    }

    private static func unreadable(_ path: String) -> RedactionError {
        RedactionError(.unreadableFile, "\(path): \(String(cString: strerror(errno)))")
    }
}

/// The system's `read`, by a name that the method above does not hide.
private func systemRead(_ descriptor: Int32, _ target: UnsafeMutableRawPointer?, _ count: Int) -> Int {
    read(descriptor, target, count)
}
