import Tapedeck

/// The first words of a request, so that a person knows which one it is.
enum RequestPreview {
    /// Where the newest thing that somebody said stands, in the requests of the servers that are known.
    private static let textMembers = ["prompt", "input", "inputText", "message", "query", "inputs", "texts"]

    /// The text of the last user message where the request has such, otherwise its JSON; on one line, cut to a width.
    static func text(of request: JSONText, width: Int) -> String {
        guard width > 0 else { return "" }
        // A character has a few bytes more than it has columns; what is cut off here is far beyond the width.
        let words = said(in: request) ?? String(decoding: request.utf8.prefix(64 + width * 16), as: UTF8.self)
        return collapsed(words, width: width)
    }

    private static func said(in request: JSONText) -> String? {
        for name in ["messages", "contents"] {
            if let messages = request[name], let text = lastUserMessage(messages) { return text }
        }
        for name in textMembers {
            guard let value = request[name] else { continue }
            if let text = lastUserMessage(value) ?? plainText(value) { return text }
        }
        return nil
    }

    /// What the user said last; where no message is the user's, the last message.
    private static func lastUserMessage(_ messages: JSONText) -> String? {
        var last: JSONText?
        var lastOfUser: JSONText?
        for message in messages.elements where message.kind == .object {
            last = message
            if message["role"]?.string == "user" { lastOfUser = message }
        }
        guard let message = lastOfUser ?? last else { return nil }
        return (message["content"] ?? message["parts"]).flatMap(plainText)
    }

    /// A string, or the strings and the text parts of an array.
    private static func plainText(_ value: JSONText) -> String? {
        if let text = value.string { return text }
        let texts = value.elements.compactMap { $0.string ?? $0["text"]?.string }
        return texts.isEmpty ? nil : texts.joined(separator: " ")
    }

    /// Every run of white space becomes one space, and reading ends as soon as the width is full.
    private static func collapsed(_ text: String, width: Int) -> String {
        var line = ""
        var used = 0
        var isAfterSpace = true
        for character in text {
            if character.isWhitespace {
                if !isAfterSpace { line.append(" ") }
                isAfterSpace = true
                used += 1
            } else {
                let shown = String(character).escapingControlCharacters()
                line.append(shown)
                isAfterSpace = false
                used += shown.displayWidth
            }
            if used > width + 1 { break }
        }
        if line.last == " " { line.removeLast() }
        return line.truncated(toWidth: width)
    }
}
