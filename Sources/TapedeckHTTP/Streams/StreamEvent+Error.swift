#if HTTP
extension StreamEvent {
    /// Whether it tells an error in place of the rest of an answer: by the name that Anthropic and OpenAI give such events, or
    /// by data that are an object whose first member is `error`, with an object or a string that is not empty, as of servers
    /// that speak as OpenAI's or Ollama do. What the member means is not known: a server of one's own that uses the name for
    /// something else is misunderstood.
    ///
    /// - Complexity: constant, but for white space: the data are not parsed, only their first bytes are looked at.
    var tellsError: Bool {
        if name == "error" || name == "response.failed" { return true }
        var rest = data[...]
        for token in ["{", "\"error\"", ":"] {
            rest = Self.skipWhiteSpace(rest)
            guard rest.starts(with: token.utf8) else { return false }
            rest = rest.dropFirst(token.utf8.count)
        }
        rest = Self.skipWhiteSpace(rest)
        let isObject = rest.first == UInt8(ascii: "{")
        guard isObject || rest.first == UInt8(ascii: "\"") else { return false }
        let content = isObject ? Self.skipWhiteSpace(rest.dropFirst()) : rest.dropFirst()
        return content.first != UInt8(ascii: isObject ? "}" : "\"")
    }

    /// Skips what JSON takes for white space.
    private static func skipWhiteSpace(_ bytes: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        bytes.drop { $0 == 0x20 || $0 == 0x09 || $0 == 0x0A || $0 == 0x0D }
    }
}
#endif
