#if canImport(Glibc)
private import Glibc
#elseif canImport(Musl)
private import Musl
#else
private import Darwin
#endif

/// Reads a file into blocks of whole lines.
///
/// A block grows to the longest line, up to the limit, and no further: of a longer line only its length is kept.
struct LineBlockReader: ~Copyable {
    /// What a block is filled with.
    enum Filling {
        /// One line or more.
        case lines
        /// The place of a line over the limit, which was passed over: its first byte's offset, its length without LF, as far
        /// as it was read.
        case tooLong(offset: Int, length: Int)
        case end
    }

    private let file: FileDescriptor
    private let lineLimit: Int
    private let endsAtLongLine: Bool
    /// The beginning of a line that the last block ended in.
    private var rest: [UInt8] = []
    /// The offset in the file of what the next block begins with.
    private var offset = 0
    private var isAtEnd = false

    /// - Parameters:
    ///   - file: what to read.
    ///   - lineLimit: how many bytes a line may have.
    ///   - endsAtLongLine: whether nothing after a line that is too long is wanted. Its rest, which may never end, is not
    ///     read then.
    init(_ file: consuming FileDescriptor, lineLimit: Int, endsAtLongLine: Bool) {
        precondition(lineLimit >= 1, "a line has room for something")
        self.file = file
        self.endsAtLongLine = endsAtLongLine
        // Beyond what memory could ever hold there is no difference, but sums would overflow.
        self.lineLimit = min(lineLimit, 1 << 48)
    }

    /// Reads until there is at least one whole line in the block.
    mutating func fill(_ block: LineBlock) throws -> Filling {
        block.begin(at: offset, with: rest)
        rest.removeAll(keepingCapacity: true)
        // What was left may hold whole lines, after one that was too long.
        if let end = block.endOfLastLine(from: 0) { return finish(block, at: end) }
        while !isAtEnd {
            if block.filledCount > lineLimit { return try passOver(block) }
            if block.room.isEmpty {
                // One byte more than the limit tells a line of just that length from a longer one.
                block.grow(to: min(block.capacity * 2, max(block.capacity, lineLimit) + 65536))
            }
            let count = try file.read(into: block.room)
            isAtEnd = count == 0
            let start = block.filledCount
            block.filledCount += count
            if start < ForeignContent.prefixByteCount { try refuseForeignContent(block) }
            if let end = block.endOfLastLine(from: start) { return finish(block, at: end) }
        }
        if block.filledCount > lineLimit { return try passOver(block) }
        if block.filledCount == 0 { return .end }
        // A last line without LF ends in NUL; the scanner looks no further.
        let end = block.filledCount
        (block.storage + end).initializeMemory(as: UInt8.self, repeating: 0, count: LineBlock.padding)
        return finish(block, at: end)
    }

    /// Throws what kind of file it is, at its beginning, where that is none of an archive's.
    private func refuseForeignContent(_ block: LineBlock) throws(ForeignContent) {
        guard offset == 0 else { return }
        let bytes = UnsafeRawBufferPointer(start: block.storage, count: block.filledCount)
        if let content = ForeignContent(bytes) { throw content }
    }

    /// Ends the block's lines at `end` and keeps what comes after.
    private mutating func finish(_ block: LineBlock, at end: Int) -> Filling {
        keep(UnsafeRawBufferPointer(start: block.storage + end, count: block.filledCount - end))
        block.lineByteCount = end
        offset += end
        block.end = offset
        return .lines
    }

    private mutating func keep(_ bytes: UnsafeRawBufferPointer) {
        rest.removeAll(keepingCapacity: true)
        rest.append(contentsOf: bytes)
    }

    /// Skips the rest of a line that is too long.
    private mutating func passOver(_ block: LineBlock) throws -> Filling {
        let start = offset
        var length = block.filledCount
        block.filledCount = 0
        if endsAtLongLine { isAtEnd = true }
        while !isAtEnd {
            let count = try file.read(into: block.room)
            isAtEnd = count == 0
            if let feed = memchr(block.storage, 0x0A, count) {
                let used = UnsafeRawPointer(feed) - UnsafeRawPointer(block.storage)
                keep(UnsafeRawBufferPointer(start: feed + 1, count: count - used - 1))
                offset = start + length + used + 1
                block.end = offset
                return .tooLong(offset: start, length: length + used)
            }
            length += count
        }
        offset = start + length
        block.end = offset
        return .tooLong(offset: start, length: length)
    }
}
