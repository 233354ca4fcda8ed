/// Which rule counts at a place for each kind of value, by its number; nil for none.
struct MemberRules {
    var ignored: Int?
    var number: Int?
    var text: Int?
    var vector: Int?
    var unordered: Int?
    var parsed: Int?

    /// What holds within a member for which these hold.
    var inherited: MemberRules {
        MemberRules(number: number, text: text, vector: vector)
    }

    /// Takes a rule of this very place, later than all that were taken.
    mutating func take(_ index: Int, _ comparison: ComparisonRule.Comparison) {
        switch comparison {
        case .exact: self = MemberRules()
        case .ignore: ignored = index
        case .tolerance: number = index
        case .similar: text = index
        case .cosine: vector = index
        case .unordered: unordered = index
        case .parsed: parsed = index
        }
    }
}
