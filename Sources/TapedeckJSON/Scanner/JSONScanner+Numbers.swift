extension JSONScanner {
    @inline(always)
    static func isDigit(_ byte: UInt8) -> Bool {
        byte &- 0x30 < 10
    }

    @inline(always)
    static func startsNumber(_ byte: UInt8) -> Bool {
        isDigit(byte) || byte == 0x2D
    }

    /// Skips a number.
    @inline(always)
    mutating func skipNumber(_ start: UnsafePointer<UInt8>) -> UnsafePointer<UInt8>? {
        var position = start
        var mayBeLarge = false
        if position[0] == 0x2D { position += 1 }
        if position[0] == 0x30 {
            position += 1
            if Self.isDigit(position[0]) { return fail(.leadingZero, at: position - 1) }
        } else {
            guard Self.isDigit(position[0]) else { return fail(.digitExpected, at: position) }
            position = Search.firstNonDigit(from: position + 1)
        }
        if position[0] == 0x2E {
            position += 1
            guard Self.isDigit(position[0]) else { return fail(.digitExpected, at: position) }
            position = Search.firstNonDigit(from: position + 1)
        }
        if position[0] | 0x20 == 0x65 {
            position += 1
            mayBeLarge = position[0] != 0x2D
            if position[0] == 0x2B || position[0] == 0x2D { position += 1 }
            guard Self.isDigit(position[0]) else { return fail(.digitExpected, at: position) }
            position = Search.firstNonDigit(from: position + 1)
        }
        // Without an exponent it takes 309 digits to leave a double's range.
        if mayBeLarge || position - start > 300 { return checkRange(start, position) }
        return position
    }

    @inline(never)
    mutating func checkRange(
        _ start: UnsafePointer<UInt8>,
        _ end: UnsafePointer<UInt8>
    ) -> UnsafePointer<UInt8>? {
        if rules != .grammar && JSONNumberRange.overflows(start, end) {
            return fail(.numberTooLarge, at: start)
        }
        return end
    }

    /// Skips numbers between bare commas, such as an embedding's, 64 bytes at a time.
    ///
    /// What ``NumberRun`` cannot tell (an exponent, a number longer than a block, what exactly is wrong) is left to
    /// `skipNumber`.
    /// - Parameter start: The first byte of a number in an array.
    /// - Returns: The byte after the last number of the run.
    @inline(never)
    mutating func skipNumbers(_ start: UnsafePointer<UInt8>) -> UnsafePointer<UInt8>? {
        var base = start
        var numberStart = start
        var run = NumberRun()
        while true {
            let block = Search.classifyNumbers(at: base)
            let others = ~(block.digits | block.commas | block.points | block.minuses)
            let end = others & (0 &- others)
            let commas = block.commas & (end &- 1)
            if run.continues(over: block, until: end) {
                if commas != 0 { numberStart = base + (64 - commas.leadingZeroBitCount) }
                if others != 0 {
                    let stop = base + others.trailingZeroBitCount
                    // The comma before something that is no number does not belong to the run.
                    if numberStart == stop { return stop - 1 }
                    if stop[0] | 0x20 != 0x65 { return stop }
                } else if commas != 0 {
                    base += 64
                    continue
                }
            }
            guard let next = skipNumber(numberStart) else { return nil }
            guard next[0] == 0x2C, Self.startsNumber(next[1]) else { return next }
            base = next + 1
            numberStart = base
            run = NumberRun()
        }
    }
}
