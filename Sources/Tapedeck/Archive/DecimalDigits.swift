/// Unsigned integers as the line format wants them: digits only, no leading zero, no fraction, no exponent.
enum DecimalDigits {
    enum Parse {
        /// The number and the byte after it.
        case value(UInt128, UnsafePointer<UInt8>)
        case notAnInteger
        case tooLarge
    }

    /// Parses the digits at `start`, up to the first byte that is none.
    @inline(__always)
    static func parse(_ start: UnsafePointer<UInt8>) -> Parse {
        var small: UInt64 = 0
        var position = start
        // Nineteen digits always fit 64 bits, and are what a time of this era has: twice eight, and three more.
        while position - start < 16, let eight = eightDigits(position) {
            small = small &* 100_000_000 &+ eight
            position += 8
        }
        while position - start < 19, position[0] &- 0x30 < 10 {
            small = small &* 10 &+ UInt64(position[0] &- 0x30)
            position += 1
        }
        if position == start || start[0] == 0x30 && position - start > 1 { return .notAnInteger }
        return position[0] &- 0x30 < 10 ? parseLarge(UInt128(small), position) : end(UInt128(small), position)
    }

    /// The value of the eight digits at `start`; nil if one of the eight bytes is none.
    ///
    /// Neighbours are joined to pairs, pairs to fours and those to the whole, each in one multiplication.
    @inline(__always)
    private static func eightDigits(_ start: UnsafePointer<UInt8>) -> UInt64? {
        let word = UInt64(littleEndian: UnsafeRawPointer(start).loadUnaligned(as: UInt64.self))
        let values = word ^ 0x3030_3030_3030_3030
        // From 10 on the sum sets the top bit of its byte.
        if ((values &+ 0x7676_7676_7676_7676) | values) & 0x8080_8080_8080_8080 != 0 { return nil }
        let pairs = values &* 10 &+ values >> 8
        let upper = (pairs & 0x0000_00FF_0000_00FF) &* 0x000F_4240_0000_0064
        let lower = (pairs >> 16 & 0x0000_00FF_0000_00FF) &* 0x0000_2710_0000_0001
        return (upper &+ lower) >> 32
    }

    @inline(never)
    private static func parseLarge(_ start: UInt128, _ digits: UnsafePointer<UInt8>) -> Parse {
        var value = start
        var position = digits
        while position[0] &- 0x30 < 10 {
            let (product, overflow) = value.multipliedReportingOverflow(by: 10)
            let (sum, carry) = product.addingReportingOverflow(UInt128(position[0] &- 0x30))
            if overflow || carry { return .tooLarge }
            value = sum
            position += 1
        }
        return end(value, position)
    }

    @inline(__always)
    private static func end(_ value: UInt128, _ position: UnsafePointer<UInt8>) -> Parse {
        position[0] == 0x2E || position[0] | 0x20 == 0x65 ? .notAnInteger : .value(value, position)
    }
}
