#if canImport(Glibc)
private import Glibc
#elseif canImport(Musl)
private import Musl
#else
private import Darwin
#endif

/// Reads an archive into blocks of whole lines.
///
/// A block grows to the longest line, up to the limit, and no further: of a longer line only its length is kept.
struct LineBlockReader: ~Copyable {
    private let name: String
    private let file: FileDescriptor
    private let lineLimit: Int
    private let endsAtLongLine: Bool
    /// The beginning of a line that the last block ended in.
    private var rest: [UInt8] = []
    /// The offset in the file of what the next block begins with.
    private var offset = 0
    private var isAtEnd = false

    /// - Parameters:
    ///   - input: what to read.
    ///   - lineLimit: how many bytes a line may have.
    ///   - endsAtLongLine: whether nothing after a line that is too long is wanted. Its rest, which may never end, is not
    ///     read then.
    /// - Throws: when the archive cannot be opened.
    init(_ input: ArchiveInput, lineLimit: Int, endsAtLongLine: Bool = false) throws(TapedeckError) {
        precondition(lineLimit >= 1, "a line has room for something")
        name = input.name
        file = try input.open()
        self.endsAtLongLine = endsAtLongLine
        // Beyond what memory could ever hold there is no difference, but sums would overflow.
        self.lineLimit = min(lineLimit, 1 << 48)
    }

    /// Fills the block with the next lines, or with the place of one that is too long.
    ///
    /// - Returns: false at the end of the archive.
    /// - Throws: when the archive cannot be read, or is none by its first bytes.
    mutating func fill(_ block: LineBlock) throws(TapedeckError) -> Bool {
        // Whoever wants the lines may be at work on another file, which an error would name instead.
        try reporting(about: name) { try read(into: block) }
        offset = block.end
        return offset > block.offset
    }

    /// Reads until there is at least one whole line in the block.
    private mutating func read(into block: LineBlock) throws {
        block.begin(at: offset, with: rest)
        rest.removeAll(keepingCapacity: true)
        // What was left may hold whole lines, after one that was too long.
        if let end = block.endOfLastLine(from: 0) { return finish(block, at: end) }
        while !isAtEnd {
            if block.filledCount > lineLimit { return try passOver(block) }
            if block.room.isEmpty {
                // One byte more than the limit tells a line of just that length from a longer one.
                block.resize(to: min(block.capacity * 2, max(block.capacity, lineLimit) + 65536))
            }
            let count = try file.read(into: block.room)
            isAtEnd = count == 0
            let start = block.filledCount
            block.filledCount += count
            if start < ForeignContent.prefixByteCount { try refuseForeignContent(block) }
            if let end = block.endOfLastLine(from: start) { return finish(block, at: end) }
        }
        if block.filledCount > lineLimit { return try passOver(block) }
        // A last line without LF ends in NUL; the scanner looks no further.
        let end = block.filledCount
        (block.storage + end).initializeMemory(as: UInt8.self, repeating: 0, count: LineBlock.padding)
        finish(block, at: end)
    }

    /// Throws what kind of file it is, at its beginning, where that is none of an archive's.
    private func refuseForeignContent(_ block: LineBlock) throws(TapedeckError) {
        guard offset == 0 else { return }
        let bytes = UnsafeRawBufferPointer(start: block.storage, count: block.filledCount)
        if let content = ForeignContent(bytes) { throw content.refusal(of: name) }
    }

    /// Ends the block's lines at `end` and keeps what comes after.
    private mutating func finish(_ block: LineBlock, at end: Int) {
        keep(UnsafeRawBufferPointer(start: block.storage + end, count: block.filledCount - end))
        block.lineByteCount = end
        block.end = offset + end
    }

    private mutating func keep(_ bytes: UnsafeRawBufferPointer) {
        rest.removeAll(keepingCapacity: true)
        rest.append(contentsOf: bytes)
    }

    /// Skips the rest of a line that is too long.
    private mutating func passOver(_ block: LineBlock) throws {
        var length = block.filledCount
        block.shrink()
        if endsAtLongLine { isAtEnd = true }
        while !isAtEnd {
            let count = try file.read(into: block.room)
            isAtEnd = count == 0
            if let feed = memchr(block.storage, 0x0A, count) {
                let used = UnsafeRawPointer(feed) - UnsafeRawPointer(block.storage)
                keep(UnsafeRawBufferPointer(start: feed + 1, count: count - used - 1))
                block.longLineLength = length + used
                block.end = offset + length + used + 1
                return
            }
            length += count
        }
        block.longLineLength = length
        block.end = offset + length
    }
}
