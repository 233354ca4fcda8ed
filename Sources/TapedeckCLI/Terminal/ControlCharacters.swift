extension String {
    /// The text with every character that a terminal would obey or not show written as in JSON, `\u001b`: control characters,
    /// those that turn the direction of writing or break the line, and those that nobody sees, such as tags.
    ///
    /// What was recorded comes from anywhere, and must not move the cursor or recolour the screen of whoever looks at it, nor
    /// look like something else. Joiners and the selectors of variants stay, as emoji and some languages are written with them.
    ///
    /// - Parameter keepsLineFeeds: whether line feeds stay, for text that has lines of its own.
    /// - Returns: text that is safe to print.
    func escapingControlCharacters(keepingLineFeeds keepsLineFeeds: Bool = false) -> String {
        func isObeyed(_ scalar: Unicode.Scalar) -> Bool {
            switch scalar.value {
            case 0x20..<0x7F: false
            case 0x0A: !keepsLineFeeds
            case 0x00..<0x20, 0x7F..<0xA0, 0x2028, 0x2029, 0xFFF9...0xFFFB: true
            case 0x200C, 0x200D, 0xFE00...0xFE0F: false
            default: scalar.properties.isDefaultIgnorableCodePoint
            }
        }
        guard unicodeScalars.contains(where: isObeyed) else { return self }
        var escaped = String.UnicodeScalarView()
        for scalar in unicodeScalars {
            if isObeyed(scalar) {
                for unit in scalar.utf16 {
                    let digits = String(unit, radix: 16)
                    let text = "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
                    escaped.append(contentsOf: text.unicodeScalars)
                }
            } else {
                escaped.append(scalar)
            }
        }
        return String(escaped)
    }
}
