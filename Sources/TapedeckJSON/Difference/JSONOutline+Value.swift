extension JSONOutline {
    /// A value in an outline.
    package struct Value: Sendable {
        package let outline: JSONOutline
        let index: Int

        private var node: Node { outline.nodes[index] }

        /// How many values without parts are within it, an empty array or object counting as one.
        package var leafCount: Int { node.leafCount }

        /// The value, sharing the storage of the whole text.
        package var text: JSONText {
            let offset = outline.text.utf8.startIndex
            return JSONText(part: outline.text.utf8[(offset + node.start)..<(offset + node.end)])
        }

        /// What the value is.
        package var kind: JSONText.Kind {
            switch firstByte {
            case 0x7B: .object
            case 0x5B: .array
            case 0x22: .string
            case 0x74, 0x66: .boolean
            case 0x6E: .null
            default: .number
            }
        }

        /// Whether it is an array or object with nothing in it.
        package var isEmpty: Bool {
            (firstByte == 0x7B || firstByte == 0x5B) && node.next == index + 1
        }

        /// The member's name, its escapes resolved; empty for what is no member.
        package var name: String {
            withNameBytes { String(decoding: $0, as: UTF8.self) }
        }

        /// The parts of an array or object, in the order of the text.
        package var parts: Parts { Parts(outline: outline, index: index + 1, end: node.next) }

        /// Calls `body` with the bytes of the value.
        package func withBytes<Result>(_ body: (UnsafeBufferPointer<UInt8>) -> Result) -> Result {
            outline.text.utf8.withUnsafeBufferPointer { body(.init(rebasing: $0[node.start..<node.end])) }
        }

        /// Calls `body` with the bytes of the member's name, its escapes resolved.
        package func withNameBytes<Result>(_ body: (UnsafeRawBufferPointer) -> Result) -> Result {
            outline.text.utf8.withUnsafeBytes { bytes in
                let name = UnsafeRawBufferPointer(rebasing: bytes[node.name])
                return name.contains(0x5C)
                    ? JSONStringContent.unescaped(name).withUnsafeBytes(body) : body(name)
            }
        }

        /// Whether the bytes of both are the same.
        package func hasBytes(of other: Value) -> Bool {
            let (left, right) = (node, other.node)
            guard left.end - left.start == right.end - right.start else { return false }
            return withBytes { left in other.withBytes { left.elementsEqual($0) } }
        }

        /// Zero at the end of a damaged text, where a value is missing.
        private var firstByte: UInt8 {
            withBytes { $0.first ?? 0 }
        }
    }

    /// The parts of an array or object.
    package struct Parts: Sequence, IteratorProtocol {
        fileprivate let outline: JSONOutline
        fileprivate var index: Int
        fileprivate let end: Int

        package mutating func next() -> Value? {
            guard index < end else { return nil }
            defer { index = Swift.max(index + 1, outline.nodes[index].next) }
            return Value(outline: outline, index: index)
        }
    }
}
