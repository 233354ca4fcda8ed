extension JSONText {
    /// Makes a JSON number of an integer of any width.
    ///
    /// - Parameter value: The integer.
    public init(integer value: some BinaryInteger) {
        self.init(padding: Array(String(value).utf8))
    }

    /// Makes a JSON array.
    ///
    /// - Parameter elements: The elements, in order, which must nest at most 125 deep: anything else traps.
    public init(array elements: some Sequence<JSONText>) {
        var bytes: [UInt8] = [0x5B]
        for element in elements {
            if bytes.count > 1 { bytes.append(0x2C) }
            bytes.append(contentsOf: element.utf8)
        }
        bytes.append(0x5D)
        self.init(assembled: bytes)
    }

    /// Makes a JSON object.
    ///
    /// - Parameter members: Names and values, in order; the values must nest at most 125 deep: anything else traps.
    public init(object members: some Sequence<(name: String, value: JSONText)>) {
        self.init(assembled: Self.object(members))
    }

    /// Makes a JSON object that may nest deeper than a payload may, as what stands beside the payloads may.
    ///
    /// - Parameter members: Names and values, in order.
    package init(unlimitedObject members: some Sequence<(name: String, value: JSONText)>) {
        self.init(padding: Self.object(members))
    }

    private static func object(_ members: some Sequence<(name: String, value: JSONText)>) -> [UInt8] {
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

    /// Valid parts make a valid whole, except that it may nest too deep.
    private init(assembled bytes: [UInt8]) {
        do throws(JSONTextError) {
            try self.init(utf8: bytes)
        } catch {
            preconditionFailure("A JSON text made of others \(error.message).")
        }
    }
}
