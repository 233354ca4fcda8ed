#if canImport(Glibc)
private import Glibc
#elseif canImport(Musl)
private import Musl
#else
private import Darwin
#endif

/// Holds whole lines of a file for the scanner, and reads on when they are used up.
///
/// The memory grows to the longest line, up to the limit, and no further: of a longer line only its length is kept.
struct LineBuffer: ~Copyable {
    /// What may be read past the last byte of the text.
    static let padding = 128

    private let file: FileDescriptor
    private let lineLimit: Int
    private var storage: UnsafeMutableRawPointer
    private var capacity: Int
    /// The unread lines: from here up to `linesEnd`.
    private var position = 0
    private var linesEnd = 0
    private var filled = 0
    private var isAtEnd = false
    /// The offset in the file of the first byte of the storage.
    private var base = 0

    init(_ file: consuming FileDescriptor, lineLimit: Int, capacity: Int = 1 << 20) {
        self.file = file
        self.lineLimit = lineLimit
        self.capacity = capacity
        storage = .allocate(byteCount: capacity + Self.padding, alignment: 64)
    }

    deinit {
        storage.deallocate()
    }

    /// The offset in the file of the next unread byte.
    var offset: Int { base + position }

    /// The unread lines, of which there is at least one, followed by an LF or NUL and 64 readable bytes; nil at the end.
    ///
    /// - Throws: `LineTooLong` for a line over the limit, which is then passed over.
    mutating func lines() throws -> (start: UnsafePointer<UInt8>, end: UnsafePointer<UInt8>)? {
        if position == linesEnd, try !fill() { return nil }
        let bytes = UnsafeRawPointer(storage).assumingMemoryBound(to: UInt8.self)
        return (bytes + position, bytes + linesEnd)
    }

    /// Takes the unread bytes before `next` as read.
    mutating func advance(to next: UnsafePointer<UInt8>) {
        position = UnsafeRawPointer(next) - UnsafeRawPointer(storage)
    }

    /// Reads until there is at least one whole line.
    private mutating func fill() throws -> Bool {
        storage.copyMemory(from: storage + position, byteCount: filled - position)
        base += position
        filled -= position
        position = 0
        linesEnd = 0
        while !isAtEnd {
            if filled > lineLimit { throw try passOver() }
            if filled == capacity { grow() }
            let room = UnsafeMutableRawBufferPointer(start: storage + filled, count: capacity - filled)
            let count = try file.read(into: room)
            isAtEnd = count == 0
            filled += count
            linesEnd = endOfLastLine(from: filled - count)
            if linesEnd > 0 { return true }
        }
        if filled > lineLimit { throw try passOver() }
        linesEnd = filled
        // A last line without LF ends in NUL; the scanner looks no further.
        (storage + filled).initializeMemory(as: UInt8.self, repeating: 0, count: Self.padding)
        return filled > 0
    }

    /// Skips the rest of a line that is too long.
    private mutating func passOver() throws -> LineTooLong {
        let start = base
        var length = filled
        filled = 0
        while !isAtEnd {
            let count = try file.read(into: UnsafeMutableRawBufferPointer(start: storage, count: capacity))
            isAtEnd = count == 0
            if let feed = memchr(storage, 0x0A, count) {
                let used = feed - UnsafeMutableRawPointer(storage)
                length += used
                base = start + length + 1
                filled = count - used - 1
                storage.copyMemory(from: storage + used + 1, byteCount: filled)
                linesEnd = endOfLastLine(from: 0)
                return LineTooLong(offset: start, length: length)
            }
            length += count
        }
        base = start + length
        return LineTooLong(offset: start, length: length)
    }

    /// The position after the last LF at or after `start`; 0 where there is none.
    private func endOfLastLine(from start: Int) -> Int {
        var end = filled
        while end > start {
            if storage.load(fromByteOffset: end - 1, as: UInt8.self) == 0x0A { return end }
            end -= 1
        }
        return 0
    }

    private mutating func grow() {
        // One more than the limit tells a line of just the limit from a longer one.
        let larger = min(capacity * 2, max(capacity, lineLimit) + 65536)
        let moved = UnsafeMutableRawPointer.allocate(byteCount: larger + Self.padding, alignment: 64)
        moved.copyMemory(from: storage, byteCount: filled)
        storage.deallocate()
        storage = moved
        capacity = larger
    }
}

/// A line over the limit, which was passed over.
struct LineTooLong: Error {
    /// The offset of its first byte in the file.
    let offset: Int
    /// Its length in bytes, without the LF.
    let length: Int
}
