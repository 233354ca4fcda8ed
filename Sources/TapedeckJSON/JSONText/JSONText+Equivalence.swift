extension JSONText {
    /// Whether two texts mean the same.
    ///
    /// Numbers are compared as exact decimal numbers (`1.10` is `1.1`, and 2^64 is not 2^64 + 1), strings by their
    /// UTF-8 once their escapes are resolved, arrays in order, and objects by name without regard to order; of members
    /// with the same name the last counts.
    /// - Parameter other: The other text.
    /// - Returns: Whether they mean the same.
    /// - Complexity: O(*n*) on average in the bytes of both for each level that they nest.
    public func isEquivalent(to other: JSONText) -> Bool {
        if self == other { return true }
        return utf8.withUnsafeBufferPointer { left in
            other.utf8.withUnsafeBufferPointer { right in
                guard let left = left.baseAddress, let right = right.baseAddress else { return false }
                var comparison = JSONComparison(left, right)
                return comparison.run()
            }
        }
    }
}

/// Compares two values without recursion: pairs that are still to be compared wait in a list.
private struct JSONComparison {
    private typealias Value = UnsafePointer<UInt8>

    private var scanner = JSONScanner<NativeByteSearch>(rules: .grammar)
    private var pairs: [(Value, Value)]

    init(_ left: UnsafePointer<UInt8>, _ right: UnsafePointer<UInt8>) {
        pairs = [(left, right)]
    }

    mutating func run() -> Bool {
        while let (left, right) = pairs.popLast() {
            guard compare(scanner.skipWhiteSpace(left), scanner.skipWhiteSpace(right)) else { return false }
        }
        return true
    }

    private mutating func compare(_ left: Value, _ right: Value) -> Bool {
        if isNumber(left) && isNumber(right) {
            guard let leftEnd = scanner.skipValue(left), let rightEnd = scanner.skipValue(right) else {
                return false
            }
            return DecimalNumber(left, leftEnd).equals(DecimalNumber(right, rightEnd))
        }
        guard left[0] == right[0] else { return false }
        switch left[0] {
        case 0x22: return text(left) == text(right)
        case 0x5B: return pairElements(left, right)
        case 0x7B: return pairMembers(left, right)
        default: return true  // true, false and null differ in their first letter
        }
    }

    private func isNumber(_ start: Value) -> Bool {
        start[0] == 0x2D || start[0] &- 0x30 < 10
    }

    private mutating func text(_ start: Value) -> [UInt8] {
        guard let end = scanner.skipString(start + 1) else { return [] }
        return JSONStringContent.unescaped(UnsafeRawBufferPointer(start: start + 1, count: end - start - 1))
    }

    private mutating func pairElements(_ left: Value, _ right: Value) -> Bool {
        guard var lefts = JSONWalker(left), var rights = JSONWalker(right) else { return false }
        while let entry = lefts.next() {
            guard let other = rights.next() else { return false }
            pairs.append((entry.value, other.value))
        }
        return rights.next() == nil
    }

    private mutating func pairMembers(_ left: Value, _ right: Value) -> Bool {
        let (lefts, rights) = (members(left), members(right))
        guard lefts.count == rights.count else { return false }
        for (name, value) in lefts {
            guard let other = rights[name] else { return false }
            pairs.append((value, other))
        }
        return true
    }

    private func members(_ start: Value) -> [[UInt8]: Value] {
        var members: [[UInt8]: Value] = [:]
        guard var walker = JSONWalker(start) else { return members }
        while let entry = walker.next() { members[entry.unescapedName] = entry.value }
        return members
    }
}
