public import TapedeckJSON

extension ComparisonRule {
    /// The name of a rule's kind, as options and files have it.
    public enum Kind: String, Sendable, Hashable, CaseIterable {
        /// `--exact /id`
        case exact
        /// `--ignore /id`
        case ignore
        /// `--tolerance /usage=0.05`, `--tolerance /usage=0.05+2` with an absolute part, `--tolerance /usage=0+2`
        case tolerance
        /// `--unordered /data`
        case unordered
        /// `--similar /choices/*/message/content=0.8`
        case similar
        /// `--cosine /data/*/embedding=0.99`
        case cosine
        /// `--parsed /answer`
        case parsed

        /// Whether a value follows the place.
        var hasValue: Bool {
            switch self {
            case .exact, .ignore, .unordered, .parsed: false
            case .tolerance, .similar, .cosine: true
            }
        }
    }

    /// Reads a rule as an option gives it.
    ///
    /// - Parameters:
    ///   - text: the place; after it, for the kinds that want one, the last `=` and the value.
    ///   - kind: the kind of the rule.
    /// - Throws: ``ReplayError`` with the code `invalidRule` where the place or the value is not of its form.
    public init(parsing text: String, as kind: Kind) throws(ReplayError) {
        guard kind.hasValue else {
            self.init(try Self.comparison(kind, []), at: try MemberPattern(text))
            return
        }
        guard let sign = text.lastIndex(of: "=") else { throw Self.valueError(kind) }
        let parts = text[text.index(after: sign)...].split(separator: "+", omittingEmptySubsequences: false)
        var values: [Double] = []
        for part in parts {
            guard let value = Double(part) else { throw Self.valueError(kind) }
            values.append(value)
        }
        self.init(try Self.comparison(kind, values), at: try MemberPattern(text[..<sign]))
    }

    /// Reads the rules of a file.
    ///
    /// ```json
    /// [{"ignore": "/id"}, {"tolerance": "/usage", "relative": 0.05, "absolute": 2},
    ///  {"similar": "content", "threshold": 0.8}]
    /// ```
    ///
    /// - Parameter text: an array of objects. Each has the name of a kind with the place, and its values: `relative` and
    ///   `absolute`, of which one may be missing, or `threshold`.
    /// - Returns: the rules, in their order.
    /// - Throws: ``ReplayError`` with the code `invalidRule`, which says the number of the first rule, from 1, that is not
    ///   of this form.
    public static func rules(in text: JSONText) throws(ReplayError) -> [ComparisonRule] {
        guard text.kind == .array else {
            throw ReplayError(.invalidRule, "a file of rules is a JSON array of objects, one for each rule")
        }
        var rules: [ComparisonRule] = []
        for element in text.elements {
            do throws(ReplayError) {
                rules.append(try ComparisonRule(element))
            } catch {
                throw ReplayError(error.code, "rule \(rules.count + 1) of the file: \(error.message)")
            }
        }
        return rules
    }

    private init(_ object: JSONText) throws(ReplayError) {
        var kindAndPlace: (Kind, String)?
        var numbers: [String: Double] = [:]
        for (name, value) in object.members {
            if let kind = Kind(rawValue: name), let place = value.string, kindAndPlace == nil {
                kindAndPlace = (kind, place)
            } else if ["relative", "absolute", "threshold"].contains(name), let number = Double(value.text) {
                numbers[name] = number
            } else {
                throw ReplayError(.invalidRule, "\(Self.form), and has nothing else")
            }
        }
        guard let (kind, place) = kindAndPlace else { throw ReplayError(.invalidRule, Self.form) }
        var values: [Double] = []
        if kind == .tolerance, numbers["relative"] != nil || numbers["absolute"] != nil {
            values = [numbers["relative"] ?? 0, numbers["absolute"] ?? 0]
            numbers = numbers.filter { $0.key == "threshold" }
        } else if let threshold = numbers.removeValue(forKey: "threshold") {
            values = [threshold]
        }
        guard numbers.isEmpty, values.isEmpty != kind.hasValue else { throw Self.valueError(kind) }
        self.init(try Self.comparison(kind, values), at: try MemberPattern(place))
    }

    private static let form =
        #"a rule is an object such as {"ignore": "/id"} or {"similar": "content", "threshold": 0.8}"#

    private static func comparison(_ kind: Kind, _ values: [Double]) throws(ReplayError) -> Comparison {
        let comparison: Comparison? =
            switch (kind, values.count) {
            case (.exact, 0): .exact
            case (.ignore, 0): .ignore
            case (.unordered, 0): .unordered
            case (.parsed, 0): .parsed
            case (.tolerance, 1...2):
                .tolerance(relative: values[0], absolute: values.count == 2 ? values[1] : 0)
            case (.similar, 1): .similar(threshold: values[0])
            case (.cosine, 1): .cosine(threshold: values[0])
            default: nil
            }
        guard let comparison, comparison.isValid else { throw valueError(kind) }
        return comparison
    }

    private static func valueError(_ kind: Kind) -> ReplayError {
        switch kind {
        case .tolerance:
            ReplayError(
                .invalidRule,
                "a tolerance is a relative part, such as 0.05, or that and an absolute part, such as 0.05+2; neither is below 0"
            )
        case .similar: ReplayError(.invalidRule, "a rule of similarity needs a threshold from 0 to 1")
        case .cosine: ReplayError(.invalidRule, "a rule of cosine needs a threshold from -1 to 1")
        case .exact, .ignore, .unordered, .parsed:
            ReplayError(.invalidRule, "a rule of the kind \(kind.rawValue) has a place and no value")
        }
    }
}
