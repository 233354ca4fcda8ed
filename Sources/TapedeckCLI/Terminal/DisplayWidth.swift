extension Character {
    /// How many columns of a terminal the character takes: two for East Asian wide ones and emoji, none for marks that
    /// stand alone.
    var displayWidth: Int {
        if let ascii = asciiValue { return ascii < 0x20 || ascii == 0x7F ? 0 : 1 }
        var width = 0
        for scalar in unicodeScalars {
            // The selector that asks for the picture of a character that is also a plain sign.
            if scalar.value == 0xFE0F { return 2 }
            width = max(width, scalar.displayWidth)
        }
        return width
    }
}

extension Unicode.Scalar {
    /// The wide blocks (UAX #11), without emoji, which the standard library knows.
    private static let wideRanges: [ClosedRange<UInt32>] = [
        0x1100...0x115F, 0x2329...0x232A, 0x2E80...0x303E, 0x3041...0x33FF, 0x3400...0x4DBF, 0x4E00...0xA4CF,
        0xA960...0xA97F, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE10...0xFE19, 0xFE30...0xFE6F, 0xFF00...0xFF60,
        0xFFE0...0xFFE6, 0x1_6FE0...0x1_8DFF, 0x1_AFF0...0x1_B2FF, 0x1_F200...0x1_F2FF, 0x2_0000...0x3_FFFD,
    ]

    fileprivate var displayWidth: Int {
        switch properties.generalCategory {
        case .nonspacingMark, .enclosingMark, .format, .control: return 0
        default: break
        }
        // The vowels and final consonants of Korean join the letter before them.
        if (0x1160...0x11FF).contains(value) { return 0 }
        let isWide = properties.isEmojiPresentation || Self.wideRanges.contains { $0.contains(value) }
        return isWide ? 2 : 1
    }
}

extension String {
    /// How many columns of a terminal the text takes.
    var displayWidth: Int { reduce(0) { $0 + $1.displayWidth } }

    /// The text, cut with an ellipsis where it takes more than `width` columns. No character is split.
    func truncated(toWidth width: Int) -> String {
        var used = 0
        var fitting = startIndex
        var index = startIndex
        while index < endIndex {
            used += self[index].displayWidth
            guard used <= width else { return width > 0 ? self[..<fitting] + "…" : "" }
            index = self.index(after: index)
            // One column is kept for the ellipsis.
            if used < width { fitting = index }
        }
        return self
    }

    /// The text, cut or filled with spaces to exactly `width` columns.
    func aligned(_ alignment: TextAlignment, toWidth width: Int) -> String {
        let text = truncated(toWidth: width)
        let padding = String(repeating: " ", count: max(0, width - text.displayWidth))
        return alignment == .left ? text + padding : padding + text
    }
}

/// The side of a column on which its text stands.
enum TextAlignment {
    case left, right
}
