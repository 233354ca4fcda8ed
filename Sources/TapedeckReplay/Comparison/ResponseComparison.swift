internal import TapedeckJSON

/// Says whether a response is what was expected, by rules.
///
/// Streams are folded to their final message first, so that how an answer was divided does not count, and a stream compares
/// with an answer that came in one piece. Each family of protocols has default rules; given rules come after them.
///
/// ```swift
/// let comparison = ResponseComparison(rules: [try ComparisonRule(parsing: "content=0.8", as: .similar)])
/// let compared = comparison.compare(protocol: "openai.chat", expected: recorded, actual: replayed)
/// print(compared.differences.map(\.member))  // ["/choices/*/finish_reason"]
/// ```
///
/// It holds no state: any number of threads may compare at the same time.
public struct ResponseComparison: Sendable {
    private let rules: [ComparisonRule]
    private let matchers: [ProtocolFamily: RuleMatcher]
    private let differenceLimit: Int

    /// The usage of the rules before anything was compared, to which that of comparisons is added.
    public let unusedRules: RuleUsage

    /// Makes a comparison.
    ///
    /// - Parameters:
    ///   - rules: rules beyond the defaults, in ascending order of precedence.
    ///   - usesDefaults: whether the default rules hold.
    ///   - differenceLimit: how many differences of a pair are kept, at least 1; more are counted. The first at each member
    ///     path is kept even then.
    public init(rules: [ComparisonRule] = [], usesDefaults: Bool = true, differenceLimit: Int = 100) {
        precondition(differenceLimit >= 1, "a limit is at least 1")
        var all: [ComparisonRule] = []
        var indices: [ComparisonRule: Int] = [:]
        var families: [ProtocolFamily: [Int]] = [:]
        for family in ProtocolFamily.allCases where usesDefaults {
            // A rule of several families counts as one.
            families[family] = ComparisonRule.defaults(for: family).map { rule in
                if let index = indices[rule] { return index }
                all.append(rule)
                indices[rule] = all.count - 1
                return all.count - 1
            }
        }
        let defaultCount = all.count
        all += rules
        let given = defaultCount..<all.count
        var matchers: [ProtocolFamily: RuleMatcher] = [:]
        for family in ProtocolFamily.allCases {
            let indices = (families[family] ?? []) + given
            matchers[family] = RuleMatcher(indices.map { ($0, all[$0]) })
        }
        self.rules = all
        self.matchers = matchers
        self.differenceLimit = differenceLimit
        unusedRules = RuleUsage(rules: all, defaultCount: defaultCount)
    }

    /// Compares two responses.
    ///
    /// Bodies are not compared where a failure left none, or where one status is an error and the other is not: the status
    /// says it all.
    ///
    /// - Parameters:
    ///   - tag: the protocol's tag. It decides the family where the shape of the bodies does not.
    ///   - expected: the response that was recorded, or that of the old build.
    ///   - actual: the response to compare with it.
    /// - Returns: what differs, and what the rules did.
    /// - Complexity: O(*n* log *n*) in the bytes of both, but for unordered arrays, whose elements are tried against each
    ///   other up to a limit.
    public func compare(protocol tag: String, expected: ServerResponse, actual: ServerResponse)
        -> ComparedResponse
    {
        var differences = Self.statusAndFailure(expected, actual)
        let (folded, otherFolded) = (expected.folded(), actual.folded())
        differences += Self.streamEnd(expected, folded, actual, otherFolded)
        guard Self.comparesBodies(expected, actual) else {
            return ComparedResponse(differences: differences, omittedCount: 0, usage: unusedRules)
        }
        let family = ProtocolFamily(protocol: tag, body: folded.body ?? otherFolded.body)
        var walk = JSONDifferenceWalk(
            policy: RuledPolicy(
                rules: rules,
                matcher: matchers[family] ?? RuleMatcher([]),
                limit: differenceLimit,
                isLenient: folded.isFolded != otherFolded.isFolded,
                usage: unusedRules
            )
        )
        let (left, right) = (
            folded.body.map { JSONOutline($0).root }, otherFolded.body.map { JSONOutline($0).root }
        )
        walk.policy.usage.memberCount = (left ?? right)?.leafCount ?? 0
        if let left, let right {
            walk.compare(left, right)
        } else if left != nil || right != nil {
            walk.policy.find(left == nil ? .added : .missing, left, right)
        }
        return ComparedResponse(
            differences: differences + walk.policy.found,
            omittedCount: walk.policy.omittedCount,
            usage: walk.policy.usage
        )
    }
}
