/// What stands between a string's quotation marks.
///
/// The scanner has found it valid, or it comes out of a store, which may be damaged: then an escape that is cut short stands
/// for itself.
package enum JSONStringContent {
    /// Resolves escapes. The result is never longer than the source.
    ///
    /// A surrogate without its partner, which only `JSONScanner.Rules.grammar` lets pass, becomes the three bytes that
    /// UTF-8 would have for it if it could: unequal to every valid text.
    /// - Parameters:
    ///   - source: The string's bytes without the quotation marks.
    ///   - target: Room for as many bytes.
    /// - Returns: How many bytes were written.
    package static func unescape(_ source: UnsafeRawBufferPointer, into target: UnsafeMutablePointer<UInt8>)
        -> Int
    {
        guard let base = source.baseAddress?.assumingMemoryBound(to: UInt8.self) else { return 0 }
        let end = base + source.count
        var read = base
        var write = target
        while read < end {
            guard read[0] == 0x5C, end - read >= (read[1] == 0x75 ? 6 : 2) else {
                write[0] = read[0]
                read += 1
                write += 1
                continue
            }
            if read[1] == 0x75 {
                write = append(unicodeEscape(&read, end), to: write)
            } else {
                write[0] = simpleEscape(read[1])
                read += 2
                write += 1
            }
        }
        return write - target
    }

    /// The value of four hexadecimal digits, all at once and without a branch for each.
    @inline(always)
    static func hexadecimal(_ start: UnsafePointer<UInt8>) -> UInt32? {
        let word = UInt32(littleEndian: UnsafeRawPointer(start).loadUnaligned(as: UInt32.self))
        let lower = word | 0x2020_2020
        // Adding moves the first byte of a range, or the one after its last, to 0x80: the top bits tell. Sums of bytes
        // below 0x80 do not carry; bytes above are refused by their own top bit.
        let digits = (word & 0x7F7F_7F7F &+ 0x5050_5050) & ~(word & 0x7F7F_7F7F &+ 0x4646_4646)
        let letters = (lower & 0x7F7F_7F7F &+ 0x1F1F_1F1F) & ~(lower & 0x7F7F_7F7F &+ 0x1919_1919)
        guard (digits | letters) & ~word & 0x8080_8080 == 0x8080_8080 else { return nil }
        let values = word & 0x0F0F_0F0F &+ (letters & 0x8080_8080) >> 7 &* 9
        let pairs = (values << 4 | values >> 8) & 0x00FF_00FF
        return (pairs & 0xFF) << 8 | pairs >> 16
    }

    static func isHexadecimalDigit(_ byte: UInt8) -> Bool {
        byte &- 0x30 < 10 || (byte | 0x20) &- 0x61 < 6
    }

    /// Reads one `\uXXXX` escape, or two that make a pair.
    private static func unicodeEscape(_ read: inout UnsafePointer<UInt8>, _ end: UnsafePointer<UInt8>)
        -> UInt32
    {
        let unit = hexadecimal(read + 2) ?? 0xFFFD
        read += 6
        guard unit & 0xFC00 == 0xD800, end - read >= 6, read[0] == 0x5C, read[1] == 0x75,
            let partner = hexadecimal(read + 2), partner & 0xFC00 == 0xDC00
        else { return unit }
        read += 6
        return 0x1_0000 + (unit & 0x3FF) << 10 + partner & 0x3FF
    }

    private static func simpleEscape(_ letter: UInt8) -> UInt8 {
        switch letter {
        case 0x62: 0x08
        case 0x66: 0x0C
        case 0x6E: 0x0A
        case 0x72: 0x0D
        case 0x74: 0x09
        default: letter
        }
    }

    private static func append(_ scalar: UInt32, to target: UnsafeMutablePointer<UInt8>)
        -> UnsafeMutablePointer<UInt8>
    {
        switch scalar {
        case 0..<0x80:
            target[0] = UInt8(scalar)
            return target + 1
        case 0x80..<0x800:
            target[0] = UInt8(0xC0 | scalar >> 6)
            target[1] = UInt8(0x80 | scalar & 0x3F)
            return target + 2
        case 0x800..<0x1_0000:
            target[0] = UInt8(0xE0 | scalar >> 12)
            target[1] = UInt8(0x80 | scalar >> 6 & 0x3F)
            target[2] = UInt8(0x80 | scalar & 0x3F)
            return target + 3
        default:
            target[0] = UInt8(0xF0 | scalar >> 18)
            target[1] = UInt8(0x80 | scalar >> 12 & 0x3F)
            target[2] = UInt8(0x80 | scalar >> 6 & 0x3F)
            target[3] = UInt8(0x80 | scalar & 0x3F)
            return target + 4
        }
    }
}
