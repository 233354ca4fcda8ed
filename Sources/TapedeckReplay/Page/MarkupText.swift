/// Captured text as it may stand in markup.
enum MarkupText {
    /// Text as it may stand in an attribute or an element of HTML and of XML 1.0. What XML cannot hold becomes U+FFFD.
    ///
    /// It goes by scalars: a `<` or a `"` with a combining mark after it is one character, but still ends a tag or an
    /// attribute.
    static func escaped(_ text: String) -> String {
        var escaped = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "&": escaped += "&amp;"
            case "<": escaped += "&lt;"
            case ">": escaped += "&gt;"
            case "\"": escaped += "&quot;"
            case "'": escaped += "&#39;"
            case "\t", "\n", "\r": escaped += "&#\(scalar.value);"
            case _ where scalar.value < 0x20 || scalar.value == 0xFFFE || scalar.value == 0xFFFF:
                escaped += "\u{FFFD}"
            default: escaped.unicodeScalars.append(scalar)
            }
        }
        return escaped
    }
}
