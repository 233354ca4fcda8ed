extension JSONText {
    /// Makes a JSON number of an integer of any width.
    ///
    /// - Parameter value: the integer.
    public init(integer value: some BinaryInteger) {
        self.init(padding: Array(String(value).utf8))
    }

    /// Makes a JSON object.
    ///
    /// - Parameter members: names and values, in order; a name may come twice.
    public init(object members: some Sequence<(name: String, value: JSONText)>) {
        var bytes: [UInt8] = []
        for (name, value) in members {
            bytes.append(bytes.isEmpty ? 0x7B : 0x2C)
            bytes += JSONText(string: name).utf8
            bytes.append(0x3A)
            bytes += value.utf8
        }
        if bytes.isEmpty { bytes.append(0x7B) }
        bytes.append(0x7D)
        self.init(padding: bytes)
    }
}
