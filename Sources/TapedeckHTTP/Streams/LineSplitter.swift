#if HTTP
/// Cuts a stream of bytes into lines, wherever the pieces end.
struct LineSplitter {
    /// Whether a line also ends at a carriage return, alone or before a line feed, as in server-sent events.
    let endsAtCarriageReturn: Bool
    private var line: [UInt8] = []
    private var lastWasCarriageReturn = false

    init(endsAtCarriageReturn: Bool) {
        self.endsAtCarriageReturn = endsAtCarriageReturn
    }

    /// Takes a piece, and calls `body` with each line that it completes, without its end.
    mutating func feed(_ bytes: UnsafeRawBufferPointer, _ body: (ArraySlice<UInt8>) -> Void) {
        var start = bytes.startIndex
        for index in bytes.indices {
            let byte = bytes[index]
            defer { lastWasCarriageReturn = byte == 0x0D }
            if byte == 0x0A, endsAtCarriageReturn, lastWasCarriageReturn {
                // The second half of a line end that was already seen.
                start = index + 1
                continue
            }
            guard byte == 0x0A || (byte == 0x0D && endsAtCarriageReturn) else { continue }
            line.append(contentsOf: bytes[start..<index])
            body(line[...])
            line.removeAll(keepingCapacity: true)
            start = index + 1
        }
        line.append(contentsOf: bytes[start...])
    }

    /// What came after the last line's end.
    var rest: ArraySlice<UInt8> { line[...] }
}
#endif
