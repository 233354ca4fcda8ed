/// What the comparison of two responses found.
public struct ComparedResponse: Sendable {
    /// How they differ; empty if they are equal under the rules.
    public var differences: [ResponseDifference]
    /// How many more differences there are than were kept, all at member paths of which one was.
    public var omittedCount: Int
    /// What the rules did. Add up those of a run with ``RuleUsage/merge(_:)``.
    public var usage: RuleUsage

    /// Whether they are equal under the rules.
    public var isEqual: Bool { differences.isEmpty && omittedCount == 0 }
}
