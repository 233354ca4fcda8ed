/// Reads a file that configures something.
package enum ConfigurationFile {
    private static let limitByteCount = 1 << 20

    /// Reads a file whole.
    ///
    /// - Parameter path: the file's path.
    /// - Returns: its bytes.
    /// - Throws: `TapedeckError` when it cannot be read, is no regular file, or has more than 1 MiB.
    package static func read(_ path: String) throws(TapedeckError) -> [UInt8] {
        try reporting(about: path) {
            guard let status = try FileStatus.of(path) else {
                throw TapedeckError(.notFound, "\(path): there is no such file")
            }
            guard status.isRegular, status.size <= limitByteCount else {
                throw TapedeckError(.notAFile, "\(path): this is no file of at most 1 MiB")
            }
            let file = try FileDescriptor(path, .read)
            var bytes: [UInt8] = []
            try withUnsafeTemporaryAllocation(byteCount: 1 << 16, alignment: 8) { buffer in
                while bytes.count <= limitByteCount, case let count = try file.read(into: buffer), count > 0 {
                    bytes += buffer[..<count]
                }
            }
            return bytes
        }
    }
}
