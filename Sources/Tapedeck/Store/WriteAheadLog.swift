/// Reads what a write-ahead log holds (<https://sqlite.org/fileformat2.html>, section 4).
///
/// Frames of an earlier use of the log, known by another salt, end it.
enum WriteAheadLog {
    private static let headerSize = 32
    private static let frameHeaderSize = 24

    /// The header of the newest page 1 in the log, were its last frame committed and whole. Checksums are not looked at.
    ///
    /// - Parameter path: the log's path.
    /// - Returns: nil where the log holds no page 1.
    /// - Throws: `SystemError` when the log cannot be read.
    static func latestHeader(in path: String) throws -> StoreHeader? {
        let file = try FileDescriptor(path, .read)
        var latest: Int?
        try forEachFrame(of: file, isVerifying: false) { page, _, place in
            if page == 1 { latest = place }
        }
        guard let latest else { return nil }
        return try withUnsafeTemporaryAllocation(byteCount: StoreHeader.byteCount, alignment: 8) { buffer in
            let count = try file.read(into: buffer, at: latest)
            return StoreHeader(UnsafeRawBufferPointer(rebasing: buffer[..<count]))
        }
    }

    /// Where the newest committed content of each page begins that the log holds. The first frame whose checksum does not fit
    /// ends it, as it does for SQLite.
    ///
    /// - Parameter path: the log's path.
    /// - Returns: offsets in bytes, by the numbers of pages.
    /// - Throws: `SystemError` when the log cannot be read.
    static func pagePlaces(in path: String) throws -> [Int: Int] {
        var places: [Int: Int] = [:]
        var uncommitted: [Int: Int] = [:]
        try forEachFrame(of: try FileDescriptor(path, .read), isVerifying: true) { page, isCommit, place in
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
        isVerifying: Bool,
        _ body: (_ page: Int, _ isCommit: Bool, _ place: Int) -> Void
    ) throws {
        let size = try file.status().size
        var header = [UInt8](repeating: 0, count: headerSize)
        guard try header.withUnsafeMutableBytes({ try file.read(into: $0, at: 0) }) == headerSize else {
            return
        }
        let pageSize = Int(integer(in: header, at: 8))
        let salts = (integer(in: header, at: 16), integer(in: header, at: 20))
        guard (512...65536).contains(pageSize) else { return }
        var checksum = LogChecksum(isBigEndian: header[3] & 1 == 1)
        header.withUnsafeBytes { checksum.add(UnsafeRawBufferPointer(rebasing: $0[..<24])) }
        if isVerifying, !checksum.matches(integer(in: header, at: 24), integer(in: header, at: 28)) { return }
        // Where nothing is verified the content is not read.
        var frame = [UInt8](repeating: 0, count: frameHeaderSize + (isVerifying ? pageSize : 0))
        var offset = headerSize
        while offset + frameHeaderSize + pageSize <= size {
            guard try frame.withUnsafeMutableBytes({ try file.read(into: $0, at: offset) }) == frame.count,
                (integer(in: frame, at: 8), integer(in: frame, at: 12)) == salts
            else { break }
            if isVerifying {
                frame.withUnsafeBytes { bytes in
                    checksum.add(UnsafeRawBufferPointer(rebasing: bytes[..<8]))
                    checksum.add(UnsafeRawBufferPointer(rebasing: bytes[frameHeaderSize...]))
                }
                guard checksum.matches(integer(in: frame, at: 16), integer(in: frame, at: 20)) else { break }
            }
            let isCommit = integer(in: frame, at: 4) != 0
            body(Int(integer(in: frame, at: 0)), isCommit, offset + frameHeaderSize)
            offset += frameHeaderSize + pageSize
        }
    }

    private static func integer(in bytes: [UInt8], at offset: Int) -> UInt32 {
        bytes[offset..<offset + 4].reduce(0) { $0 << 8 | UInt32($1) }
    }
}
