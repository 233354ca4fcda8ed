#if canImport(Glibc)
private import Glibc
#elseif canImport(Musl)
private import Musl
#else
private import Darwin
#endif

/// Whole lines of an archive in memory, and what the scanner found in them.
///
/// One side at a time uses a block: whoever fills it, then whoever scans it and takes the lines out.
final class LineBlock {
    /// What may be read past the last byte of the text.
    static let padding = 128
    /// Its size where no line is longer: enough to make a system call cheap, little enough to stay in the cache.
    private static let usualCapacity = 1 << 20
    /// How many lines it keeps room for, 2 MB of it: as many as have 64 bytes.
    private static let usualLineCapacity = 1 << 14

    private(set) var storage: UnsafeMutableRawPointer
    private(set) var capacity = LineBlock.usualCapacity
    /// How many bytes were read into it.
    var filledCount = 0
    /// How many of them are whole lines.
    var lineByteCount = 0
    /// The offset in the archive of the first of them.
    var offset = 0
    /// The offset in the archive of what comes after the block's lines.
    var end = 0
    /// The length, without LF and as far as it was read, of the line over the limit that was passed over instead.
    var longLineLength: Int?
    /// The lines that are not blank. Their slices point into the block.
    var lines: [ArchiveLine] = []
    /// Why some of them are no exchange.
    private(set) var rejects: [ArchiveReject] = []
    /// Texts that do not stand in the archive as the slices need them, such as an unescaped protocol.
    private var texts: [UnsafeMutableRawBufferPointer] = []

    init() {
        storage = Self.resized(nil, to: Self.usualCapacity)
    }

    deinit {
        removeLines()
        free(storage)
    }

    /// Empties the block for lines from `offset` on, of which the first bytes are known: less than is read at once.
    func begin(at offset: Int, with rest: [UInt8]) {
        empty()
        self.offset = offset
        rest.withUnsafeBytes { room.copyMemory(from: $0) }
        filledCount = rest.count
    }

    /// Forgets what was read and found, and gives back what a long line or very many short ones took.
    func empty() {
        removeLines()
        shrink()
        lineByteCount = 0
        longLineLength = nil
    }

    private func removeLines() {
        lines.removeAll(keepingCapacity: lines.capacity <= Self.usualLineCapacity)
        rejects.removeAll()
        for text in texts { text.deallocate() }
        texts.removeAll()
    }

    /// The lines, for whoever adds some and puts them back.
    func takeLines() -> [ArchiveLine] {
        var taken: [ArchiveLine] = []
        swap(&taken, &lines)
        return taken
    }

    /// Takes the reason why a line is no exchange.
    /// - Returns: What the line holds then.
    func rejecting(_ reject: ArchiveReject) -> ArchiveLine.Content {
        rejects.append(reject)
        return .invalid(rejects.count - 1)
    }

    /// Forgets what was read, and gives back what a long line took.
    func shrink() {
        filledCount = 0
        if capacity > Self.usualCapacity { resize(to: Self.usualCapacity) }
    }

    /// Gives the block room for so many bytes, no fewer than were read, and keeps those.
    func resize(to newCapacity: Int) {
        storage = Self.resized(storage, to: newCapacity)
        capacity = newCapacity
    }

    /// The system moves whole pages instead of copying so many bytes, and does not need both places at once.
    private static func resized(
        _ storage: UnsafeMutableRawPointer?,
        to capacity: Int
    ) -> UnsafeMutableRawPointer {
        guard let resized = realloc(storage, capacity + padding) else {
            preconditionFailure("there is no memory for a block of \(capacity) bytes")
        }
        return resized
    }

    /// The room after what was read, as much of it as is read at once: memory that was never written to takes none.
    var room: UnsafeMutableRawBufferPointer {
        UnsafeMutableRawBufferPointer(
            start: storage + filledCount,
            count: min(capacity - filledCount, Self.usualCapacity)
        )
    }

    /// The position after the last LF among the bytes from `start` on; nil where there is none.
    func endOfLastLine(from start: Int) -> Int? {
        var end = filledCount
        while end > start {
            if storage.load(fromByteOffset: end - 1, as: UInt8.self) == 0x0A { return end }
            end -= 1
        }
        return nil
    }

    /// A text as it stays while the block keeps its lines: itself where it lies in the block, otherwise a copy.
    func keeping(_ text: UnsafeRawBufferPointer) -> UnsafeRawBufferPointer {
        guard let address = text.baseAddress else { return text }
        if address >= UnsafeRawPointer(storage) && address < UnsafeRawPointer(storage + capacity) {
            return text
        }
        let copy = UnsafeMutableRawBufferPointer.allocate(byteCount: text.count, alignment: 1)
        copy.copyMemory(from: text)
        texts.append(copy)
        return UnsafeRawBufferPointer(copy)
    }
}
