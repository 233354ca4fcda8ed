/// Reads what a write-ahead log holds (<https://sqlite.org/fileformat2.html>, section 4).
///
/// Frames of an earlier use of the log, known by another salt, end it. Checksums are not verified.
enum WriteAheadLog {
    private static let headerSize = 32
    private static let frameHeaderSize = 24

    /// The header of the newest page 1 in the log, were its last frame committed and whole.
    ///
    /// - Parameter path: the log's path.
    /// - Returns: nil where the log holds no page 1.
    /// - Throws: `SystemError` when the log cannot be read.
    static func latestHeader(in path: String) throws -> StoreHeader? {
        let file = try FileDescriptor(path, .read)
        var latest: Int?
        try forEachFrame(of: file) { page, _, place in
            if page == 1 { latest = place }
        }
        guard let latest else { return nil }
        return try withUnsafeTemporaryAllocation(byteCount: StoreHeader.byteCount, alignment: 8) { buffer in
            let count = try file.read(into: buffer, at: latest)
            return StoreHeader(UnsafeRawBufferPointer(rebasing: buffer[..<count]))
        }
    }

    /// Where the newest committed content of each page begins that the log holds.
    ///
    /// - Parameter path: the log's path.
    /// - Returns: offsets in bytes, by the numbers of pages.
    /// - Throws: `SystemError` when the log cannot be read.
    static func pagePlaces(in path: String) throws -> [Int: Int] {
        var places: [Int: Int] = [:]
        var uncommitted: [Int: Int] = [:]
        try forEachFrame(of: try FileDescriptor(path, .read)) { page, isCommit, place in
            uncommitted[page] = place
            guard isCommit else { return }
            places.merge(uncommitted) { $1 }
            uncommitted.removeAll()
        }
        return places
    }

    /// Calls `body` with each frame's page, whether it ends a commit, and where the page's content begins.
    private static func forEachFrame(
        of file: borrowing FileDescriptor,
        _ body: (_ page: Int, _ isCommit: Bool, _ place: Int) -> Void
    ) throws {
        let size = try file.status().size
        try withUnsafeTemporaryAllocation(byteCount: headerSize, alignment: 8) { buffer in
            guard try file.read(into: buffer, at: 0) >= headerSize else { return }
            let pageSize = Int(integer(in: buffer, at: 8))
            let salts = (integer(in: buffer, at: 16), integer(in: buffer, at: 20))
            guard pageSize >= 512 else { return }
            var offset = headerSize
            while offset + frameHeaderSize + pageSize <= size {
                guard try file.read(into: buffer, at: offset) >= frameHeaderSize else { break }
                guard (integer(in: buffer, at: 8), integer(in: buffer, at: 12)) == salts else { break }
                let isCommit = integer(in: buffer, at: 4) != 0
                body(Int(integer(in: buffer, at: 0)), isCommit, offset + frameHeaderSize)
                offset += frameHeaderSize + pageSize
            }
        }
    }

    private static func integer(in buffer: UnsafeMutableRawBufferPointer, at offset: Int) -> UInt32 {
        UInt32(bigEndian: buffer.loadUnaligned(fromByteOffset: offset, as: UInt32.self))
    }
}
