extension JSONText {
    /// The text with another value at a place.
    ///
    ///     request.setting(try JSONPointer("/model"), to: "new-model")
    ///
    /// A member that an object lacks is added as its last, and so is an element at the place `-` of an array, as in
    /// RFC 6902, section 4.1. Of members with the same name the last is changed. All else stays byte for byte.
    /// - Parameters:
    ///   - pointer: The place.
    ///   - value: What to put there.
    /// - Returns: The text; nil where what should hold the value does not exist, or the whole would nest too deep.
    /// - Complexity: O(*n*) in the bytes of the text.
    public func setting(_ pointer: JSONPointer, to value: JSONText) -> JSONText? {
        if let present = self[pointer] {
            let token = present.trimmed
            return replacing(token.startIndex..<token.endIndex, with: Array(value.utf8))
        }
        guard let name = pointer.tokens.last,
            let container = self[JSONPointer(tokens: Array(pointer.tokens.dropLast()))]
        else { return nil }
        var addition: [UInt8] = container.count == 0 ? [] : [0x2C]
        switch container.kind {
        case .object:
            JSONStringContent.appendQuoted(name.utf8, to: &addition)
            addition.append(0x3A)
        case .array where name == "-": break
        default: return nil
        }
        addition += value.utf8
        let end = container.trimmed.endIndex - 1
        return replacing(end..<end, with: addition)
    }

    private func replacing(_ range: Range<Int>, with bytes: [UInt8]) -> JSONText? {
        var text = Array(utf8[utf8.startIndex..<range.lowerBound])
        text += bytes
        text += utf8[range.upperBound...]
        return try? JSONText(utf8: text)
    }
}
