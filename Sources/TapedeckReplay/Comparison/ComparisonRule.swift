/// How a member of responses is compared, where exact comparison says too much.
///
/// A rule holds at a place and, but for `unordered` and `parsed`, in all that is within. The rule of the nearest place counts;
/// among rules of one place that are about the same kind of value (numbers, texts, vectors) the later one does. What is
/// ignored is not looked into, so that no rule within it counts.
///
/// ```swift
/// let rules = [
///     ComparisonRule(.ignore, at: "/usage/prompt_tokens_details"),
///     ComparisonRule(.similar(threshold: 0.8), at: "/choices/*/message/content"),
/// ]
/// ```
public struct ComparisonRule: Sendable, Hashable {
    /// How values are compared.
    public enum Comparison: Sendable, Hashable {
        /// Exactly, also where an outer rule or a default says otherwise.
        case exact
        /// Not at all, and either may lack it.
        case ignore
        /// Numbers are equal if they differ by at most `relative` times the expected one's magnitude, plus `absolute`.
        case tolerance(relative: Double, absolute: Double)
        /// The elements of an array may come in any order.
        case unordered
        /// Texts are equal if their ``TextSimilarity`` is at least the threshold.
        case similar(threshold: Double)
        /// Arrays of numbers, and strings that hold Base64 of 32-bit floats, are equal if they have the same dimension and
        /// the cosine of their angle is at least the threshold.
        case cosine(threshold: Double)
        /// Strings that hold JSON objects or arrays are compared as what they hold.
        case parsed
    }

    /// How values are compared.
    public var comparison: Comparison
    /// Which members are.
    public var place: MemberPattern

    /// Makes a rule.
    ///
    /// - Parameters:
    ///   - comparison: how values are compared. Tolerances must be finite and at least 0, thresholds from 0 to 1, for a
    ///     cosine from -1 to 1: anything else traps.
    ///   - place: which members are.
    public init(_ comparison: Comparison, at place: MemberPattern) {
        precondition(comparison.isValid, "a tolerance is at least 0, a threshold at most 1")
        self.comparison = comparison
        self.place = place
    }
}

extension ComparisonRule.Comparison {
    var isValid: Bool {
        switch self {
        case .exact, .ignore, .unordered, .parsed: true
        case .tolerance(let relative, let absolute):
            relative >= 0 && relative.isFinite && absolute >= 0 && absolute.isFinite
        case .similar(let threshold): (0...1).contains(threshold)
        case .cosine(let threshold): (-1...1).contains(threshold)
        }
    }

    /// What it is called in options and files.
    var kind: ComparisonRule.Kind {
        switch self {
        case .exact: .exact
        case .ignore: .ignore
        case .tolerance: .tolerance
        case .unordered: .unordered
        case .similar: .similar
        case .cosine: .cosine
        case .parsed: .parsed
        }
    }
}

extension ComparisonRule: CustomStringConvertible {
    /// The rule as an option would give it: `tolerance /usage=0.25+16`.
    public var description: String {
        let value =
            switch comparison {
            case .exact, .ignore, .unordered, .parsed: ""
            case .tolerance(let relative, 0): "=\(relative)"
            case .tolerance(let relative, let absolute): "=\(relative)+\(absolute)"
            case .similar(let threshold), .cosine(let threshold): "=\(threshold)"
            }
        return "\(comparison.kind.rawValue) \(place)\(value)"
    }
}
