extension String {
    /// The text with every character that a terminal would obey written as `\u001b`: control characters, and those
    /// that turn the direction of writing or break the line.
    ///
    /// What was recorded comes from anywhere, and must not move the cursor or recolour the screen of whoever looks at it.
    ///
    /// - Parameter keepsLineFeeds: whether line feeds stay, for text that has lines of its own.
    /// - Returns: text that is safe to print.
    func escapingControlCharacters(keepingLineFeeds keepsLineFeeds: Bool = false) -> String {
        func isObeyed(_ scalar: Unicode.Scalar) -> Bool {
            switch scalar.value {
            case 0x0A: !keepsLineFeeds
            case 0x00..<0x20, 0x7F..<0xA0: true
            case 0x200E, 0x200F, 0x2028...0x202E, 0x2066...0x206F, 0x061C: true
            default: false
            }
        }
        guard unicodeScalars.contains(where: isObeyed) else { return self }
        var escaped = String.UnicodeScalarView()
        for scalar in unicodeScalars {
            if isObeyed(scalar) {
                let digits = String(scalar.value, radix: 16)
                let text = "\\u" + String(repeating: "0", count: max(0, 4 - digits.count)) + digits
                escaped.append(contentsOf: text.unicodeScalars)
            } else {
                escaped.append(scalar)
            }
        }
        return String(escaped)
    }
}
