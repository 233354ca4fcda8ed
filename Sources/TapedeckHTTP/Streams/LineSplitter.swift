#if HTTP
#if canImport(Glibc)
private import Glibc
#elseif canImport(Musl)
private import Musl
#else
private import Darwin
#endif

/// Cuts a stream of bytes into lines, wherever the pieces end.
struct LineSplitter {
    /// Whether a line also ends at a carriage return, alone or before a line feed, as in server-sent events.
    let endsAtCarriageReturn: Bool
    /// The beginning of a line whose end has not come yet.
    private(set) var rest: [UInt8] = []
    private var endedAtCarriageReturn = false

    init(endsAtCarriageReturn: Bool) {
        self.endsAtCarriageReturn = endsAtCarriageReturn
    }

    /// Takes a piece, and calls `body` with each line that it completes, without its end.
    ///
    /// - Complexity: O(*n*). A line that lies in one piece is not copied.
    mutating func feed(_ bytes: UnsafeRawBufferPointer, _ body: (UnsafeRawBufferPointer) -> Void) {
        var piece = bytes[...]
        var lineFeed = Self.firstIndex(of: 0x0A, in: piece)
        while !piece.isEmpty {
            if lineFeed < piece.startIndex { lineFeed = Self.firstIndex(of: 0x0A, in: piece) }
            let end = endsAtCarriageReturn ? Self.firstIndex(of: 0x0D, in: piece[..<lineFeed]) : lineFeed
            // The second half of a line end that was already seen.
            let isSecondHalf = endedAtCarriageReturn && end == piece.startIndex && end == lineFeed
            endedAtCarriageReturn = end < lineFeed
            guard end < piece.endIndex else { break }
            if !isSecondHalf { finishLine(UnsafeRawBufferPointer(rebasing: piece[..<end]), body) }
            piece = piece[(end + 1)...]
        }
        rest.append(contentsOf: piece)
    }

    private mutating func finishLine(_ line: UnsafeRawBufferPointer, _ body: (UnsafeRawBufferPointer) -> Void)
    {
        if rest.isEmpty { return body(line) }
        rest.append(contentsOf: line)
        rest.withUnsafeBytes(body)
        rest.removeAll(keepingCapacity: true)
    }

    /// Where the first such byte is, or the end.
    private static func firstIndex(of byte: Int32, in bytes: Slice<UnsafeRawBufferPointer>) -> Int {
        guard let start = UnsafeRawBufferPointer(rebasing: bytes).baseAddress,
            let found = memchr(start, byte, bytes.count)
        else { return bytes.endIndex }
        return bytes.startIndex + (UnsafeRawPointer(found) - start)
    }
}
#endif
