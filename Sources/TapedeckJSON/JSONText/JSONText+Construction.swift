extension JSONText {
    /// Makes a JSON number of an integer of any width.
    ///
    /// - Parameter value: The integer.
    public init(integer value: some BinaryInteger) {
        self.init(padding: Array(String(value).utf8))
    }

    /// Makes a JSON object that may nest deeper than a payload may, as what stands beside the payloads may.
    ///
    /// - Parameter members: Names and values, in order.
    package init(unlimitedObject members: [(name: String, value: JSONText)]) {
        self.init(padding: Self.object(members))
    }

    static func object(_ members: [(name: String, value: JSONText)]) -> [UInt8] {
        var bytes: [UInt8] = [0x7B]
        for (name, value) in members {
            if bytes.count > 1 { bytes.append(0x2C) }
            JSONStringContent.appendQuoted(name.utf8, to: &bytes)
            bytes.append(0x3A)
            bytes.append(contentsOf: value.utf8)
        }
        bytes.append(0x7D)
        return bytes
    }
}
