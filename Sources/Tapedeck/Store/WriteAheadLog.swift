/// Reads what a write-ahead log holds of page 1 (<https://sqlite.org/fileformat2.html>, section 4).
enum WriteAheadLog {
    private static let headerSize = 32
    private static let frameHeaderSize = 24

    /// The header of the newest page 1 in the log, were its last frame committed and whole.
    ///
    /// Frames of an earlier use of the log, known by another salt, end it. Checksums are not verified.
    ///
    /// - Parameter path: the log's path.
    /// - Returns: nil where the log holds no page 1.
    /// - Throws: `SystemError` when the log cannot be read.
    static func latestHeader(in path: String) throws -> StoreHeader? {
        let file = try FileDescriptor(path, .read)
        let size = try file.status().size
        return try withUnsafeTemporaryAllocation(byteCount: StoreHeader.byteCount, alignment: 8) { buffer in
            guard try file.read(into: buffer, at: 0) >= headerSize else { return nil }
            let pageSize = Int(integer(in: buffer, at: 8))
            let salts = (integer(in: buffer, at: 16), integer(in: buffer, at: 20))
            guard pageSize >= 512 else { return nil }
            var latest: Int?
            var offset = headerSize
            while offset + frameHeaderSize + pageSize <= size {
                guard try file.read(into: buffer, at: offset) >= frameHeaderSize else { break }
                guard (integer(in: buffer, at: 8), integer(in: buffer, at: 12)) == salts else { break }
                if integer(in: buffer, at: 0) == 1 { latest = offset + frameHeaderSize }
                offset += frameHeaderSize + pageSize
            }
            guard let latest else { return nil }
            let count = try file.read(into: buffer, at: latest)
            return StoreHeader(UnsafeRawBufferPointer(rebasing: buffer[..<count]))
        }
    }

    private static func integer(in buffer: UnsafeMutableRawBufferPointer, at offset: Int) -> UInt32 {
        UInt32(bigEndian: buffer.loadUnaligned(fromByteOffset: offset, as: UInt32.self))
    }
}
