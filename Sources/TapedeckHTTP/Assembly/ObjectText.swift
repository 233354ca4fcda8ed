#if HTTP
internal import TapedeckJSON

/// The text of a JSON object that is written member by member, without a value of its own for each.
struct ObjectText {
    private(set) var bytes: [UInt8] = []

    /// - Parameter byteCount: about how long it becomes.
    init(byteCount: Int) {
        bytes.reserveCapacity(byteCount + JSONText.paddingByteCount)
        bytes.append(0x7B)
    }

    /// Writes a member.
    ///
    /// - Parameters:
    ///   - name: its name, in which nothing needs an escape.
    ///   - value: writes its value.
    mutating func append(_ name: StaticString, _ value: (inout [UInt8]) -> Void) {
        if bytes.count > 1 { bytes.append(0x2C) }
        bytes.append(0x22)
        name.withUTF8Buffer { bytes.append(contentsOf: $0) }
        bytes.append(0x22)
        bytes.append(0x3A)
        value(&bytes)
    }

    mutating func append(_ name: StaticString, string: String) {
        append(name) { JSONStringContent.appendQuoted(string.utf8, to: &$0) }
    }

    mutating func append(_ name: StaticString, integer: Int) {
        append(name) { $0.append(contentsOf: String(integer).utf8) }
    }

    mutating func append(_ name: StaticString, _ value: Bool) {
        append(name) { $0.append(contentsOf: (value ? "true" : "false").utf8) }
    }

    /// Writes an array, of whatever `element` writes for each.
    mutating func append<Elements: Collection>(
        _ name: StaticString,
        array elements: Elements,
        _ element: (Elements.Element, inout [UInt8]) -> Void
    ) {
        append(name) { bytes in
            bytes.append(0x5B)
            var isFirst = true
            for value in elements {
                if !isFirst { bytes.append(0x2C) }
                isFirst = false
                element(value, &bytes)
            }
            bytes.append(0x5D)
        }
    }

    /// Writes an object of strings, if there are any.
    mutating func append(_ name: StaticString, strings: [(name: String, value: String)]) {
        guard !strings.isEmpty else { return }
        append(name) { bytes in
            bytes.append(0x7B)
            for (index, pair) in strings.enumerated() {
                if index > 0 { bytes.append(0x2C) }
                JSONStringContent.appendQuoted(pair.name.utf8, to: &bytes)
                bytes.append(0x3A)
                JSONStringContent.appendQuoted(pair.value.utf8, to: &bytes)
            }
            bytes.append(0x7D)
        }
    }

    /// Ends the object.
    consuming func end() -> [UInt8] {
        bytes.append(0x7D)
        return bytes
    }
}
#endif
