/// All places where two JSON values differ.
///
/// Numbers are compared as exact decimal numbers, strings once their escapes are resolved, arrays by index, and objects by
/// name without regard to order; of members with the same name the last counts. A difference lies as deep as can be: an
/// object that lacks a member is not itself different. There are none exactly if ``JSONText/isEquivalent(to:)`` is true.
///
/// ```swift
/// let differences = JSONDifferences(from: ["a": 1, "b": [1, 2]], to: ["a": 1.0, "b": [1]])
/// print(differences.first?.pointer ?? "none")  // /b/1
/// ```
public struct JSONDifferences: Sendable, Hashable {
    /// The differences: members of an object in the order of their names, elements of an array in its order.
    public let found: [JSONDifference]
    /// How many more there are.
    public let omittedCount: Int

    /// Compares two values.
    ///
    /// - Parameters:
    ///   - left: the one.
    ///   - right: the other.
    ///   - limit: how many differences are kept, at least 0; more are counted.
    /// - Complexity: O(*n* log *n*) in the bytes of both.
    public init(from left: JSONText, to right: JSONText, limit: Int = 100) {
        precondition(limit >= 0, "a limit is at least 0")
        var walk = JSONDifferenceWalk(policy: CollectingPolicy(limit: limit))
        walk.compare(JSONOutline(left).root, JSONOutline(right).root)
        found = walk.policy.found
        omittedCount = walk.policy.omittedCount
    }
}

extension JSONDifferences: RandomAccessCollection {
    /// Zero.
    public var startIndex: Int { found.startIndex }

    /// How many differences were kept.
    public var endIndex: Int { found.endIndex }

    /// A difference that was kept.
    ///
    /// - Parameter index: its place among them, from 0.
    public subscript(index: Int) -> JSONDifference { found[index] }
}

/// Keeps what differs, by no rules.
private struct CollectingPolicy: JSONDifferencePolicy {
    private enum Step {
        case member(JSONOutline.Value)
        case element(Int)
    }

    let limit: Int
    var found: [JSONDifference] = []
    var omittedCount = 0
    private var steps: [Step] = []

    init(limit: Int) {
        self.limit = limit
    }

    mutating func enter(member: JSONOutline.Value) { steps.append(.member(member)) }
    mutating func enter(element index: Int) { steps.append(.element(index)) }
    mutating func leave() { steps.removeLast() }

    mutating func treatment(of left: JSONOutline.Value, and right: JSONOutline.Value)
        -> JSONDifferenceTreatment
    {
        left.hasBytes(of: right) ? .settled : .structure
    }

    mutating func find(_ kind: JSONDifference.Kind, _ left: JSONOutline.Value?, _ right: JSONOutline.Value?) {
        guard found.count < limit else {
            omittedCount += 1
            return
        }
        let tokens = steps.map { step in
            switch step {
            case .member(let value): value.name
            case .element(let index): "\(index)"
            }
        }
        found.append(
            JSONDifference(
                pointer: JSONPointer(tokens: tokens),
                kind: kind,
                left: left?.text,
                right: right?.text
            )
        )
    }

    // Nothing is unordered here, so that nothing is tried.
    mutating func beginTrial() {}
    mutating func endTrial() -> Bool { false }
}
