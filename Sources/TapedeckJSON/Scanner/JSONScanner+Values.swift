extension JSONScanner {
    /// Skips a value of any kind under the scanner's rules.
    ///
    /// A loop, not a recursion: what is open is kept as one bit a level, and nothing nests deeper than there are bits.
    /// Only `Rules.grammar` knows no limit, and puts full words of bits aside.
    ///
    /// Compiled for the machine's own search here, so that other modules need not see what the loops are made of.
    @specialized(where Search == NativeByteSearch)
    @inline(never)
    package mutating func skipValue(_ start: UnsafePointer<UInt8>) -> UnsafePointer<UInt8>? {
        var position = start
        var depth = 0
        var levels: UInt128 = 0  // the lowest bit is the innermost level: 1 for an object
        if !outerLevels.isEmpty { outerLevels.removeAll() }
        while true {
            switch position[0] {
            case 0x22:
                guard let end = skipString(position + 1) else { return nil }
                position = end + 1
            case 0x7B:
                guard open(1, at: position, &levels, &depth) else { return nil }
                position = skipWhiteSpace(position + 1)
                if position[0] != 0x7D {
                    guard let value = skipName(position) else { return nil }
                    position = value
                    continue
                }
                position += 1
                depth -= 1
                levels >>= 1
            case 0x5B:
                guard open(0, at: position, &levels, &depth) else { return nil }
                position = skipWhiteSpace(position + 1)
                if position[0] != 0x5D { continue }
                position += 1
                depth -= 1
                levels >>= 1
            case 0x2D, 0x30...0x39:
                guard let end = skipNumber(position) else { return nil }
                position = end
                if position[0] == 0x2C, depth > 0, levels & 1 == 0, Self.startsNumber(position[1]) {
                    guard let end = skipNumbers(position + 1) else { return nil }
                    position = end
                }
            default:
                guard let end = skipLiteral(position) else { return nil }
                position = end
            }
            guard let next = skipPunctuation(position, &levels, &depth) else { return nil }
            position = next
            if depth == 0 { return position }
        }
    }

    /// After a value: closes what ends here, up to the start of the next value or the end of the outermost one.
    @inline(always)
    mutating func skipPunctuation(
        _ start: UnsafePointer<UInt8>,
        _ levels: inout UInt128,
        _ depth: inout Int
    ) -> UnsafePointer<UInt8>? {
        var position = start
        while true {
            if depth == 0 && !reopenOuterLevels(&levels, &depth) { return position }
            position = skipWhiteSpace(position)
            if levels & 1 != 0 {
                if position[0] == 0x2C { return skipName(skipWhiteSpace(position + 1)) }
                guard position[0] == 0x7D else { return fail(.commaOrBraceExpected, at: position) }
            } else {
                if position[0] == 0x2C { return skipWhiteSpace(position + 1) }
                guard position[0] == 0x5D else { return fail(.commaOrBracketExpected, at: position) }
            }
            position += 1
            depth -= 1
            levels >>= 1
        }
    }

    /// Skips a member's name, the colon and the white space about it, up to the value.
    @inline(always)
    package mutating func skipName(_ start: UnsafePointer<UInt8>) -> UnsafePointer<UInt8>? {
        guard start[0] == 0x22 else { return fail(.nameExpected, at: start) }
        let end: UnsafePointer<UInt8>
        let guess = names.guess
        if Search.nearestSpecial(from: start + 1) == start + 1 + guess, start[1 + guess] == 0x22 {
            // Of the guess, and not of what was found: nothing after this waits for the search.
            end = start + 1 + guess
            names.confirm(guess)
        } else {
            guard let found = skipString(start + 1) else { return nil }
            end = found
            names.correct(found - start - 1)
        }
        let colon = skipWhiteSpace(end + 1)
        guard colon[0] == 0x3A else { return fail(.colonExpected, at: colon) }
        return skipWhiteSpace(colon + 1)
    }

    /// Skips `true`, `false` or `null`.
    @inline(always)
    mutating func skipLiteral(_ start: UnsafePointer<UInt8>) -> UnsafePointer<UInt8>? {
        let isFalse = start[0] == 0x66
        let letters = isFalse ? start + 1 : start
        switch UInt32(littleEndian: UnsafeRawPointer(letters).loadUnaligned(as: UInt32.self)) {
        case 0x6575_7274, 0x6C6C_756E: if !isFalse { return start + 4 }  // "true", "null"
        case 0x6573_6C61: if isFalse { return start + 5 }  // "alse"
        default: break
        }
        return failLiteral(start)
    }

    @inline(never)
    mutating func failLiteral(_ start: UnsafePointer<UInt8>) -> UnsafePointer<UInt8>? {
        let word: StaticString
        switch start[0] {
        case 0x74: word = "true"
        case 0x66: word = "false"
        case 0x6E: word = "null"
        default: return fail(.valueExpected, at: start)
        }
        var position = start
        while position[0] == word.utf8Start[position - start] { position += 1 }
        return fail(.literalMisspelt, at: position)
    }

    /// Enters an array or object.
    @inline(always)
    mutating func open(
        _ kind: UInt128,
        at position: UnsafePointer<UInt8>,
        _ levels: inout UInt128,
        _ depth: inout Int
    ) -> Bool {
        if depth == JSONScanLimit.depth {
            guard rules == .grammar else { return fail(.tooDeep, at: position) != nil }
            putAside(levels)
            depth = 0
        }
        depth += 1
        levels = levels << 1 | kind
        return true
    }

    // Out of line, as next to nothing nests so deep.
    @inline(never)
    mutating func putAside(_ levels: UInt128) {
        outerLevels.append(levels)
    }

    /// Takes up the word of levels put aside last, if there is one.
    @inline(always)
    mutating func reopenOuterLevels(_ levels: inout UInt128, _ depth: inout Int) -> Bool {
        if outerLevels.isEmpty { return false }
        levels = takeUp()
        depth = JSONScanLimit.depth
        return true
    }

    @inline(never)
    mutating func takeUp() -> UInt128 {
        outerLevels.removeLast()
    }
}
