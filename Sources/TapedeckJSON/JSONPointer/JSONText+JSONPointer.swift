extension JSONText {
    /// The value at a place.
    /// - Parameter pointer: The place.
    /// - Returns: The value; nil if there is none. In arrays only indices without leading zeros match; `-`, the place
    ///   after the last element (RFC 6901, section 4), never does.
    /// - Complexity: O(*n*) in the bytes of the values on the way.
    public subscript(pointer: JSONPointer) -> JSONText? {
        var value: JSONText? = self
        for token in pointer.tokens {
            guard let container = value else { return nil }
            switch container.kind {
            case .object: value = container[token]
            case .array: value = Self.index(token).flatMap { container[$0] }
            case .string, .number, .boolean, .null: return nil
            }
        }
        return value
    }

    private static func index(_ token: String) -> Int? {
        let isPlain = token.utf8.allSatisfy { $0 &- 0x30 < 10 } && (token == "0" || token.utf8.first != 0x30)
        return isPlain ? Int(token) : nil
    }
}
