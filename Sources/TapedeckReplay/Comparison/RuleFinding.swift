/// Something about a rule that its author should know.
public struct RuleFinding: Sendable, Hashable {
    /// What it is.
    public enum Kind: Sendable, Hashable {
        /// It held nowhere: perhaps its place is misspelt.
        case matchedNothing
        /// It hid this share of all members, more than half.
        case hidesMost(share: Double)
    }

    /// The rule.
    public let rule: ComparisonRule
    /// Whether it is a default.
    public let isDefault: Bool
    /// What there is about it.
    public let kind: Kind
}

extension RuleFinding: CustomStringConvertible {
    /// What there is about the rule, as a sentence.
    public var description: String {
        switch kind {
        case .matchedNothing: "the rule '\(rule)' matched nothing"
        case .hidesMost(let share):
            "the \(isDefault ? "default " : "")rule '\(rule)' hides \(Int(share * 100)) % of all members"
        }
    }
}

extension RuleUsage {
    /// The rules that hid over half of all members, and those beyond the defaults that held nowhere, in the order of the
    /// rules; none where nothing was compared.
    public var findings: [RuleFinding] {
        guard memberCount > 0 else { return [] }
        return zip(rules, counts).enumerated().compactMap { index, entry in
            let isDefault = index < defaultCount
            let share = Double(entry.1.hidden) / Double(memberCount)
            let kind: RuleFinding.Kind? =
                if share > 0.5 {
                    .hidesMost(share: min(share, 1))
                } else if entry.1.matched == 0 && !isDefault {
                    .matchedNothing
                } else {
                    nil
                }
            return kind.map { RuleFinding(rule: entry.0, isDefault: isDefault, kind: $0) }
        }
    }
}
