internal import Tapedeck

/// The rules for one part of an exchange, ready for use.
struct PartRules: Sendable {
    let pointers: [ArraySlice<String>]
    let memberNames: Set<String>
    let patterns: [PatternMatcher]
    let part: RedactionRule.Part

    init(_ rules: RedactionRules, for part: RedactionRule.Part) throws(RedactionError) {
        var pointers: [ArraySlice<String>] = []
        var memberNames: Set<String> = []
        var patterns: [PatternMatcher] = []
        for rule in rules.rules where rule.applies(to: part) {
            switch rule.target {
            case .pointer(let pointer): pointers.append(pointer.tokens[...])
            case .member(let name):
                memberNames.insert(name)
                // The names of headers, whose case means nothing, are stored in lower case.
                if part == .extra { memberNames.insert(name.lowercased()) }
            case .pattern(let pattern): patterns.append(try PatternMatcher(pattern))
            }
        }
        self.pointers = pointers
        self.memberNames = memberNames
        self.patterns = patterns
        self.part = part
    }
}
