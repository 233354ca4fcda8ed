extension JSONText: ExpressibleByStringLiteral {
    /// Makes a JSON string of a literal. (To take a literal as JSON, see ``init(validating:)``.)
    /// - Parameter value: What the string says.
    public init(stringLiteral value: String) {
        self.init(string: value)
    }

    /// Makes a JSON string.
    /// - Parameter value: What the string says.
    public init(string value: some StringProtocol) {
        var bytes: [UInt8] = []
        JSONStringContent.appendQuoted(value.utf8, to: &bytes)
        self.init(padding: bytes)
    }
}

extension JSONText: ExpressibleByIntegerLiteral {
    /// Makes a JSON number of a literal.
    /// - Parameter value: The number.
    public init(integerLiteral value: Int) {
        self.init(padding: Array("\(value)".utf8))
    }
}

extension JSONText: ExpressibleByFloatLiteral {
    /// Makes a JSON number of a literal, with the digits needed to tell it from other doubles.
    /// - Parameter value: The number, which must be finite.
    public init(floatLiteral value: Double) {
        precondition(value.isFinite, "JSON has no infinite numbers.")
        self.init(padding: Array("\(value)".utf8))
    }
}

extension JSONText: ExpressibleByBooleanLiteral {
    /// Makes `true` or `false` of a literal.
    /// - Parameter value: Which of the two.
    public init(booleanLiteral value: Bool) {
        self.init(padding: Array("\(value)".utf8))
    }
}

extension JSONText: ExpressibleByArrayLiteral {
    /// Makes a JSON array of a literal.
    /// - Parameter elements: The elements, which must nest at most 125 deep.
    public init(arrayLiteral elements: JSONText...) {
        self.init(array: elements)
    }
}

extension JSONText: ExpressibleByDictionaryLiteral {
    /// Makes a JSON object of a literal, in its order.
    /// - Parameter members: Names and values; the values must nest at most 125 deep.
    public init(dictionaryLiteral members: (String, JSONText)...) {
        self.init(object: members.lazy.map { (name: $0.0, value: $0.1) })
    }
}
