/// Whether a number leaves the range of a double.
///
/// The line format's reference reader multiplies the first digits, as many as fit 64 bits, by a power of ten, and
/// refuses what becomes infinite. That is not correct rounding: some numbers within half a unit of the largest
/// double (1.7976931348623158e308) become infinite. The verdict on a line must be the reader's, so this does as it does.
enum JSONNumberRange {
    /// Multiplies as the reader does.
    /// - Parameters:
    ///   - start: The first byte of a grammatical number.
    ///   - end: The byte after it.
    /// - Returns: Whether the number becomes infinite.
    static func overflows(_ start: UnsafePointer<UInt8>, _ end: UnsafePointer<UInt8>) -> Bool {
        var position = start[0] == 0x2D ? start + 1 : start
        var significand: UInt64 = 0
        var exponent = 0
        var isFull = false
        var isFraction = false
        while position < end, position[0] | 0x20 != 0x65 {
            defer { position += 1 }
            guard position[0] != 0x2E else {
                isFraction = true
                // Integer digits that did not fit do not keep the fraction's from being tried.
                isFull = false
                continue
            }
            if !isFull {
                let (product, overflow) = significand.multipliedReportingOverflow(by: 10)
                let (sum, carry) = product.addingReportingOverflow(UInt64(position[0] &- 0x30))
                isFull = overflow || carry
                if !isFull { significand = sum }
            }
            if isFull && !isFraction { exponent += 1 }
            if !isFull && isFraction { exponent -= 1 }
        }
        if significand == 0 { return false }
        if position < end {
            guard let explicit = explicitExponent(position + 1, end) else { return position[1] != 0x2D }
            exponent += explicit
        }
        if exponent > 308 { return true }
        // 2^64 times 10^288 is still far from the limit.
        return exponent >= 289 && (Double(significand) * powerOfTen(exponent)).isInfinite
    }

    /// The exponent with its sign; nil if its magnitude does not fit 31 bits.
    private static func explicitExponent(_ start: UnsafePointer<UInt8>, _ end: UnsafePointer<UInt8>) -> Int? {
        var position = start
        if position[0] == 0x2B || position[0] == 0x2D { position += 1 }
        var magnitude = 0
        while position < end {
            magnitude = magnitude * 10 + Int(position[0] &- 0x30)
            if magnitude > Int(Int32.max) { return nil }
            position += 1
        }
        return start[0] == 0x2D ? -magnitude : magnitude
    }

    /// 10 to the power of 289…308, correctly rounded.
    private static func powerOfTen(_ exponent: Int) -> Double {
        let powers: InlineArray<20, Double> = [
            1e289, 1e290, 1e291, 1e292, 1e293, 1e294, 1e295, 1e296, 1e297, 1e298,
            1e299, 1e300, 1e301, 1e302, 1e303, 1e304, 1e305, 1e306, 1e307, 1e308,
        ]
        return powers[exponent - 289]
    }
}
