internal import Tapedeck

/// The rules for one part of an exchange, ready for use.
struct PartRules: Sendable {
    /// A pointer as far as it still has to be followed, and the index of its rule.
    struct Pointer {
        var rest: ArraySlice<String>
        let rule: Int
    }

    let pointers: [Pointer]
    /// The indices of the rules for a name.
    let memberNames: [String: Set<Int>]
    let patterns: [(matcher: PatternMatcher, rule: Int)]
    let part: RedactionRule.Part

    init(_ rules: RedactionRules, for part: RedactionRule.Part) throws(RedactionError) {
        var pointers: [Pointer] = []
        var memberNames: [String: Set<Int>] = [:]
        var patterns: [(matcher: PatternMatcher, rule: Int)] = []
        for (index, rule) in rules.rules.enumerated() where rule.applies(to: part) {
            switch rule.target {
            case .pointer(let pointer):
                try RedactionRule.Target.requireFromBody(pointer)
                pointers.append(Pointer(rest: pointer.tokens[...], rule: index))
            case .member(let name):
                memberNames[name, default: []].insert(index)
                // The names of headers, whose case means nothing, are stored in lower case.
                if part == .extra { memberNames[name.lowercased(), default: []].insert(index) }
            case .pattern(let pattern): patterns.append((try PatternMatcher(pattern), index))
            }
        }
        self.pointers = pointers
        self.memberNames = memberNames
        self.patterns = patterns
        self.part = part
    }
}
