extension JSONScanner {
    /// The first byte from `start` on that ends a run of plain characters of a string, compiled for the machine's own search here.
    @specialized(where Search == NativeByteSearch)
    @inline(never)
    package func endOfPlainCharacters(_ start: UnsafePointer<UInt8>) -> UnsafePointer<UInt8> {
        var position = start
        while true {
            let specials = Search.specials(at: position)
            if specials != 0 { return position + specials.trailingZeroBitCount }
            position += Search.textBlockSize
        }
    }

    /// Skips the rest of a string whose opening quotation mark stands before `start`.
    /// - Returns: The closing quotation mark.
    @inline(always)
    package mutating func skipString(_ start: UnsafePointer<UInt8>) -> UnsafePointer<UInt8>? {
        if let position = Search.nearestSpecial(from: start) {
            return position[0] == 0x22 ? position : skipText(start)
        }
        // Identifiers are longer than one step, and seldom longer than two.
        if let position = Search.nearestSpecial(from: start + Search.stepSize), position[0] == 0x22 {
            return position
        }
        return skipText(start)
    }

    /// The same for a text that is longer, or more than plain characters.
    ///
    /// A block that must be looked at is looked at once: after an escape or a character beyond ASCII its next special byte
    /// is known already.
    @specialized(where Search == NativeByteSearch)
    @inline(never)
    mutating func skipText(_ start: UnsafePointer<UInt8>) -> UnsafePointer<UInt8>? {
        var block = start
        while true {
            block = Search.skipText(from: block)
            if block[0] == 0x22 { return block }
            var specials = Search.specials(at: block)
            var next = block + Search.textBlockSize
            while specials != 0 {
                let position = block + specials.trailingZeroBitCount
                if position[0] == 0x22 { return position }
                guard let end = skipSpecial(position) else { return nil }
                let offset = UInt64(end - block)
                if offset >= Search.textBlockSize {
                    next = end
                    break
                }
                specials = (specials &>> offset) &<< offset
            }
            block = next
        }
    }

    /// Skips what a string does not simply contain, but for its end: an escape, or a run of characters beyond ASCII.
    @inline(always)
    private mutating func skipSpecial(_ position: UnsafePointer<UInt8>) -> UnsafePointer<UInt8>? {
        let byte = position[0]
        if byte == 0x5C {
            return Self.isSimpleEscape(position[1]) ? position + 2 : skipUnicodeEscapes(position)
        }
        return byte >= 0x80 ? skipNonASCII(position) : fail(.controlCharacter, at: position)
    }

    /// Whether `byte` after a backslash is a whole escape: one of `"\/bfnrt`. A bit set in two words, without memory.
    @inline(always)
    static func isSimpleEscape(_ byte: UInt8) -> Bool {
        let set: UInt64 = byte & 0x40 == 0 ? 0x0000_8004_0000_0000 : 0x0014_4044_1000_0000
        return byte < 0x80 && set &>> UInt64(byte & 0x3F) & 1 != 0
    }

    /// Skips a run of `\uXXXX` escapes, which rarely come alone. `start` is a backslash.
    @inline(never)
    mutating func skipUnicodeEscapes(_ start: UnsafePointer<UInt8>) -> UnsafePointer<UInt8>? {
        var position = start
        repeat {
            guard position[1] == 0x75 else { return fail(.invalidEscape, at: position + 1) }
            guard let unit = hexadecimal(position + 2) else { return nil }
            if unit & 0xF800 != 0xD800 || rules == .grammar {
                position += 6
                continue
            }
            guard unit < 0xDC00, position[6] == 0x5C, position[7] == 0x75 else {
                return fail(.loneSurrogate, at: position)
            }
            guard let partner = hexadecimal(position + 8) else { return nil }
            guard partner & 0xFC00 == 0xDC00 else { return fail(.loneSurrogate, at: position) }
            position += 12
        } while position[0] == 0x5C && position[1] == 0x75
        return position
    }

    /// The value of four hexadecimal digits.
    @inline(always)
    mutating func hexadecimal(_ start: UnsafePointer<UInt8>) -> UInt32? {
        if let value = JSONStringContent.hexadecimal(start) { return value }
        var position = start
        while JSONStringContent.isHexadecimalDigit(position[0]) { position += 1 }
        _ = fail(.hexadecimalDigitExpected, at: position)
        return nil
    }

    /// Skips a run of characters beyond ASCII (RFC 3629: no overlong forms, no surrogates, nothing above U+10FFFF).
    @inline(never)
    mutating func skipNonASCII(_ start: UnsafePointer<UInt8>) -> UnsafePointer<UInt8>? {
        var position = start
        while true {
            let lead = position[0]
            if lead < 0x80 { return position }
            // Four bytes in one load. The first two hold the upper bits, which tell overlong forms, surrogates and what
            // is above U+10FFFF; what a truncated character lacks is a sentinel, which continues nothing.
            let word = UInt32(littleEndian: UnsafeRawPointer(position).loadUnaligned(as: UInt32.self))
            if lead & 0xF0 == 0xE0 {
                let high = UInt32(lead & 0x0F) << 6 | UInt32(position[1] & 0x3F)
                guard word & 0x00C0_C000 == 0x0080_8000, high >= 0x20, high & 0x3E0 != 0x360 else { break }
                position += 3
            } else if lead < 0xE0 {
                guard lead >= 0xC2, word & 0xC000 == 0x8000 else { break }
                position += 2
            } else {
                let high = UInt32(lead & 0x07) << 6 | UInt32(position[1] & 0x3F)
                guard lead <= 0xF4, word & 0xC0C0_C000 == 0x8080_8000, high >= 0x10, high <= 0x10F else {
                    break
                }
                position += 4
            }
        }
        return fail(.invalidUTF8, at: position)
    }
}
