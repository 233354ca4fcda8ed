/// Where every value of a text lies: one list in the order of the text, made in one pass, so that a comparison that goes
/// deeper and deeper does not scan the same bytes again and again.
package final class JSONOutline: Sendable {
    /// What is known of a value. Places are counted from the text's first byte.
    struct Node: Sendable {
        var start: Int
        var end: Int
        /// The bytes between the quotation marks of the member's name; empty for what is no member.
        var name: Range<Int>
        /// The node after this value and all that is within it.
        var next: Int
        /// How many values without parts are within it, an empty array or object counting as one.
        var leafCount: Int
    }

    /// The text.
    package let text: JSONText
    let nodes: [Node]

    /// Makes the outline of a text.
    ///
    /// - Parameter text: the text. One that is not valid, as out of a damaged store, is outlined as far as it is.
    /// - Complexity: O(*n*) in the bytes of the text.
    package init(_ text: JSONText) {
        self.text = text
        nodes = text.utf8.withUnsafeBufferPointer { buffer in
            guard let start = buffer.baseAddress else { return [] }
            var maker = JSONOutlineMaker(start: start, count: buffer.count)
            return maker.run()
        }
    }

    /// The whole value.
    package var root: Value { Value(outline: self, index: 0) }
}

/// Finds the nodes of a text. A loop, not a recursion: what is open waits in a list.
private struct JSONOutlineMaker {
    private let start: UnsafePointer<UInt8>
    private let end: UnsafePointer<UInt8>
    private var scanner = JSONScanner<NativeByteSearch>(rules: .grammar)
    private var position: UnsafePointer<UInt8>
    private var nodes: [JSONOutline.Node] = []
    private var open: [Int] = []
    private var name = 0..<0
    private var leafCount = 0

    init(start: UnsafePointer<UInt8>, count: Int) {
        self.start = start
        end = start + count
        position = scanner.skipWhiteSpace(start)
        nodes.reserveCapacity(count / 16 + 1)
    }

    mutating func run() -> [JSONOutline.Node] {
        while takeValue(), goOn() {}
        // Nothing is open at the end of a valid text.
        while !open.isEmpty { close() }
        return nodes
    }

    /// Takes the opening brackets that stand here, and the value without parts that comes next.
    private mutating func takeValue() -> Bool {
        while true {
            nodes.append(.init(start: position - start, end: 0, name: name, next: 0, leafCount: leafCount))
            open.append(nodes.count - 1)
            let first = position[0]
            guard first == 0x7B || first == 0x5B else { break }
            position = scanner.skipWhiteSpace(position + 1)
            if position[0] == first + 2 {
                position += 1
                return takeLeaf()
            }
            name = 0..<0
            if first == 0x7B && !takeName() { return false }
        }
        guard let valueEnd = scanner.skipValue(position) else { return false }
        position = valueEnd
        return takeLeaf()
    }

    private mutating func takeLeaf() -> Bool {
        leafCount += 1
        close()
        return true
    }

    private mutating func takeName() -> Bool {
        guard position[0] == 0x22, let quote = scanner.skipString(position + 1) else { return false }
        name = (position + 1 - start)..<(quote - start)
        position = scanner.skipWhiteSpace(scanner.skipWhiteSpace(quote + 1) + 1)
        return position < end
    }

    /// Closes what ends here, up to the start of the next value; false at the end of the text.
    private mutating func goOn() -> Bool {
        while let container = open.last {
            position = scanner.skipWhiteSpace(position)
            switch position[0] {
            case 0x2C:
                position = scanner.skipWhiteSpace(position + 1)
                name = 0..<0
                return start[nodes[container].start] == 0x5B || takeName()
            case 0x7D, 0x5D:
                position += 1
                close()
            default:
                return false
            }
        }
        return false
    }

    private mutating func close() {
        let index = open.removeLast()
        nodes[index].end = min(position, end) - start
        nodes[index].next = nodes.count
        nodes[index].leafCount = leafCount - nodes[index].leafCount
    }
}
