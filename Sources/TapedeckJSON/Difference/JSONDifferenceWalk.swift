/// Walks through two values at once.
package struct JSONDifferenceWalk<Policy: JSONDifferencePolicy> {
    private typealias Value = JSONOutline.Value

    /// Texts nest at most 126 deep; what a policy puts in their place may nest as deep once more. What is still deeper is
    /// compared as a whole, so that no text can exhaust the stack.
    private static var depthLimit: Int { 256 }

    /// What is asked on the way.
    package var policy: Policy
    private var depth = 0
    /// How many values may still be looked at in trials, so that arrays without order within one another stay cheap.
    fileprivate var trialBudget = 100_000

    /// Makes a walk.
    package init(policy: Policy) {
        self.policy = policy
    }

    /// Compares two values at the place where the walk stands.
    package mutating func compare(_ left: JSONOutline.Value, _ right: JSONOutline.Value) {
        switch policy.treatment(of: left, and: right) {
        case .settled: break
        case .structure: compareParts(left, right)
        case .unordered: compareUnordered(left, right)
        case .replaced(let left, let right): compareParts(left, right)
        }
    }

    private mutating func compareParts(_ left: Value, _ right: Value) {
        let kind = left.kind
        guard kind == right.kind else { return policy.find(.retyped, left, right) }
        guard depth < Self.depthLimit, kind == .object || kind == .array else {
            if !left.text.isEquivalent(to: right.text) { policy.find(.changed, left, right) }
            return
        }
        depth += 1
        defer { depth -= 1 }
        kind == .object ? compareMembers(left, right) : compareElements(left, right)
    }

    private mutating func compareElements(_ left: Value, _ right: Value) {
        var (lefts, rights) = (left.parts, right.parts)
        var index = 0
        while true {
            let (left, right) = (lefts.next(), rights.next())
            if left == nil && right == nil { return }
            policy.enter(element: index)
            compareIfBoth(left, right)
            policy.leave()
            index += 1
        }
    }

    private mutating func compareMembers(_ left: Value, _ right: Value) {
        let (lefts, rights) = (SortedMembers(left), SortedMembers(right))
        var (leftIndex, rightIndex) = (0, 0)
        while leftIndex < lefts.count || rightIndex < rights.count {
            let order = SortedMembers.order(lefts[leftIndex], rights[rightIndex])
            let left = order <= 0 ? lefts[leftIndex] : nil
            let right = order >= 0 ? rights[rightIndex] : nil
            guard let member = left ?? right else { return }
            policy.enter(member: member)
            compareIfBoth(left, right)
            policy.leave()
            if left != nil { leftIndex += 1 }
            if right != nil { rightIndex += 1 }
        }
    }

    mutating func compareIfBoth(_ left: JSONOutline.Value?, _ right: JSONOutline.Value?) {
        if let left, let right {
            compare(left, right)
        } else {
            policy.find(left == nil ? .added : .missing, left, right)
        }
    }
}

extension JSONDifferenceWalk {
    /// Pairs the elements that are equal, first by their bytes and then by trial, and compares the rest in its order.
    mutating func compareUnordered(_ left: JSONOutline.Value, _ right: JSONOutline.Value) {
        let (lefts, rights) = (Array(left.parts), Array(right.parts))
        var remaining: [JSONText: [Int]] = [:]
        for (index, right) in rights.enumerated().reversed() {
            remaining[right.text, default: []].append(index)
        }
        var pairs: [(left: Int, right: Int)] = []
        for (index, left) in lefts.enumerated() {
            if let other = remaining[left.text]?.popLast() { pairs.append((index, other)) }
        }
        let (pairedLefts, pairedRights) = (Set(pairs.map(\.left)), Set(pairs.map(\.right)))
        var leftRest = lefts.indices.filter { !pairedLefts.contains($0) }
        var rightRest = rights.indices.filter { !pairedRights.contains($0) }
        leftRest.removeAll { index in
            guard let place = rightRest.firstIndex(where: { isEqual(lefts[index], rights[$0], at: index) })
            else { return false }
            pairs.append((index, rightRest.remove(at: place)))
            return true
        }
        for (left, right) in zip(leftRest, rightRest) { pairs.append((left, right)) }
        let count = min(leftRest.count, rightRest.count)
        visit(pairs, lefts, rights)
        for index in leftRest.dropFirst(count) { visit(index, lefts[index], nil) }
        for index in rightRest.dropFirst(count) { visit(index, nil, rights[index]) }
    }

    private mutating func visit(
        _ pairs: [(left: Int, right: Int)],
        _ lefts: [JSONOutline.Value],
        _ rights: [JSONOutline.Value]
    ) {
        for pair in pairs.sorted(by: { $0.left < $1.left }) {
            visit(pair.left, lefts[pair.left], rights[pair.right])
        }
    }

    private mutating func visit(_ index: Int, _ left: JSONOutline.Value?, _ right: JSONOutline.Value?) {
        policy.enter(element: index)
        compareIfBoth(left, right)
        policy.leave()
    }

    private mutating func isEqual(
        _ left: JSONOutline.Value,
        _ right: JSONOutline.Value,
        at index: Int
    ) -> Bool {
        guard trialBudget > 0 else { return false }
        trialBudget -= left.leafCount + right.leafCount
        policy.beginTrial()
        visit(index, left, right)
        return !policy.endTrial()
    }
}
