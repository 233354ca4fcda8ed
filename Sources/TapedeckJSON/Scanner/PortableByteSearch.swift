/// Eight bytes at a time in a plain integer: for processors without an implementation of their own.
package enum PortableByteSearch: ByteSearch {
    package static let textBlockSize = 8
    package static let stepSize = 8

    @inline(always)
    package static func specials(at start: UnsafePointer<UInt8>) -> UInt64 {
        let word = load(start)
        if possibleSpecials(word) == 0 { return 0 }
        // A byte below 0x20 has neither of these bits.
        let control = equal(word & repeated(0x60), 0x00)
        return gather((equal(word, 0x22) | equal(word, 0x5C) | control | word) & repeated(0x80))
    }

    @inline(always)
    package static func nearestSpecial(from start: UnsafePointer<UInt8>) -> UnsafePointer<UInt8>? {
        let possible = possibleSpecials(load(start))
        return possible == 0 ? nil : start + (possible.trailingZeroBitCount >> 3)
    }

    /// The top bit of every byte that a string cannot simply contain, and maybe of some above the lowest of them.
    @inline(always)
    private static func possibleSpecials(_ word: UInt64) -> UInt64 {
        // Subtracting one from a zero byte sets its top bit, and so does subtracting 0x20 from a control character. A
        // borrow can only raise a false hit above a true one.
        let quote = (word ^ repeated(0x22)) &- repeated(0x01)
        let backslash = (word ^ repeated(0x5C)) &- repeated(0x01)
        let control = word &- repeated(0x20)
        return (quote | backslash | control | word) & repeated(0x80)
    }

    @inline(always)
    package static func firstNonDigit(from start: UnsafePointer<UInt8>) -> UnsafePointer<UInt8> {
        var position = start
        while true {
            let mask = ~digits(load(position)) & repeated(0x80)
            if mask != 0 { return position + (mask.trailingZeroBitCount >> 3) }
            position += 8
        }
    }

    @inline(always)
    package static func classifyNumbers(at start: UnsafePointer<UInt8>) -> NumberBlock {
        var result = NumberBlock()
        for offset in stride(from: 0, to: 64, by: 8) {
            let word = load(start + offset)
            result.digits |= gather(digits(word)) &<< UInt64(offset)
            result.commas |= gather(equal(word, 0x2C)) &<< UInt64(offset)
            result.points |= gather(equal(word, 0x2E)) &<< UInt64(offset)
            result.minuses |= gather(equal(word, 0x2D)) &<< UInt64(offset)
            result.zeros |= gather(equal(word, 0x30)) &<< UInt64(offset)
        }
        return result
    }

    /// Byte 0 must be the lowest, whatever the machine's own order.
    @inline(always)
    static func load(_ position: UnsafePointer<UInt8>) -> UInt64 {
        UInt64(littleEndian: UnsafeRawPointer(position).loadUnaligned(as: UInt64.self))
    }

    @inline(always)
    static func repeated(_ byte: UInt8) -> UInt64 {
        UInt64(byte) &* 0x0101_0101_0101_0101
    }

    /// The top bit of every byte that is a digit. Exact: no sum can carry into the next byte.
    @inline(always)
    static func digits(_ word: UInt64) -> UInt64 {
        let distance = word ^ repeated(0x30)
        return ~(((distance & repeated(0x7F)) &+ repeated(0x76)) | distance) & repeated(0x80)
    }

    /// The top bit of every byte that equals `byte`. Exact, as in `digits`.
    @inline(always)
    static func equal(_ word: UInt64, _ byte: UInt8) -> UInt64 {
        let difference = word ^ repeated(byte)
        return ~(((difference & repeated(0x7F)) &+ repeated(0x7F)) | difference) & repeated(0x80)
    }

    /// Collects the eight top bits in the lowest byte: the product moves each to its place in the highest one.
    @inline(always)
    static func gather(_ topBits: UInt64) -> UInt64 {
        ((topBits >> 7) &* 0x0102_0408_1020_4080) >> 56
    }
}
