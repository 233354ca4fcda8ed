extension [UInt8] {
    /// The bytes that a text of Base64 stands for (RFC 4648, section 4); nil where it is none, or has no padding where it
    /// should.
    init?(base64 text: String) {
        guard text.utf8.count.isMultiple(of: 4) else { return nil }
        self = []
        reserveCapacity(text.utf8.count / 4 * 3)
        var (bits, bitCount, padding) = (UInt32(0), 0, 0)
        for byte in text.utf8 {
            if byte == UInt8(ascii: "=") {
                padding += 1
                continue
            }
            guard padding == 0, let value = Self.sextet(byte) else { return nil }
            bits = bits << 6 | value
            bitCount += 6
            if bitCount >= 8 {
                bitCount -= 8
                append(UInt8(truncatingIfNeeded: bits >> UInt32(bitCount)))
            }
        }
        guard padding <= 2 else { return nil }
    }

    private static func sextet(_ byte: UInt8) -> UInt32? {
        switch byte {
        case UInt8(ascii: "A")...UInt8(ascii: "Z"): UInt32(byte) - 65
        case UInt8(ascii: "a")...UInt8(ascii: "z"): UInt32(byte) - 71
        case UInt8(ascii: "0")...UInt8(ascii: "9"): UInt32(byte) + 4
        case UInt8(ascii: "+"): 62
        case UInt8(ascii: "/"): 63
        default: nil
        }
    }
}
