/// What rules did in a comparison, or in all of a run.
///
/// Members are counted as values without parts: a number, a text, an empty object. A rule hides those that it ignored, and
/// those that differ and that it took for equal.
public struct RuleUsage: Sendable, Hashable {
    /// What one rule did.
    public struct Count: Sendable, Hashable {
        /// At how many places it held.
        public var matched = 0
        /// How many members it hid.
        public var hidden = 0
    }

    /// The rules: the defaults, and then those that were given.
    public let rules: [ComparisonRule]
    /// How many of them are defaults.
    public let defaultCount: Int
    /// What each of them did.
    public internal(set) var counts: [Count]
    /// How many members the expected responses have.
    public internal(set) var memberCount = 0

    init(rules: [ComparisonRule], defaultCount: Int) {
        self.rules = rules
        self.defaultCount = defaultCount
        counts = Array(repeating: Count(), count: rules.count)
    }

    /// Adds what the same rules did elsewhere.
    ///
    /// - Parameter other: the usage, from a comparison by the same rules: anything else traps.
    public mutating func merge(_ other: RuleUsage) {
        precondition(counts.count == other.counts.count, "only the usage of the same rules can be added")
        for index in counts.indices {
            counts[index].matched += other.counts[index].matched
            counts[index].hidden += other.counts[index].hidden
        }
        memberCount += other.memberCount
    }
}
