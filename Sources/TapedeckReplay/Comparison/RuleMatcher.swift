internal import TapedeckJSON

/// Finds the rules of a member on the way to it: a tree of the rules' patterns, walked at several places at once.
struct RuleMatcher: Sendable {
    struct Node: Sendable {
        var named: [(name: [UInt8], node: Int)] = []
        var any: Int?
        /// The rules whose pattern ends here, in ascending order.
        var rules: [Int] = []
    }

    /// The first is the root.
    private(set) var nodes = [Node()]
    private var names: [(name: [UInt8], rules: [Int])] = []

    /// - Parameter rules: each with its number among all rules of the comparison, in ascending order.
    init(_ rules: [(index: Int, rule: ComparisonRule)]) {
        for (index, rule) in rules {
            switch rule.place.form {
            case .name(let name): add(index, named: Array(name.utf8))
            case .path(let segments):
                let node = segments.reduce(0) { child($1.map { Array($0.utf8) }, of: $0) }
                nodes[node].rules.append(index)
            }
        }
    }

    private mutating func add(_ rule: Int, named name: [UInt8]) {
        if let place = names.firstIndex(where: { $0.name == name }) {
            names[place].rules.append(rule)
        } else {
            names.append((name, [rule]))
        }
    }

    private mutating func child(_ segment: [UInt8]?, of node: Int) -> Int {
        let existing =
            segment.map { name in nodes[node].named.first { $0.name == name }?.node } ?? nodes[node].any
        if let existing { return existing }
        nodes.append(Node())
        if let segment {
            nodes[node].named.append((segment, nodes.count - 1))
        } else {
            nodes[node].any = nodes.count - 1
        }
        return nodes.count - 1
    }

    /// Goes from nodes to those below that a segment leads to.
    func advance(_ node: Int, by segment: UnsafeRawBufferPointer, _ body: (Int) -> Void) {
        if let any = nodes[node].any { body(any) }
        for edge in nodes[node].named where Self.equal(edge.name, segment) { body(edge.node) }
    }

    /// The rules for members of a name at any depth.
    func rules(named segment: UnsafeRawBufferPointer) -> [Int] {
        for entry in names where Self.equal(entry.name, segment) { return entry.rules }
        return []
    }

    private static func equal(_ name: [UInt8], _ segment: UnsafeRawBufferPointer) -> Bool {
        name.count == segment.count && name.elementsEqual(segment)
    }
}
