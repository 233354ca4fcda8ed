public import Tapedeck

/// What is redacted, and where.
public struct RedactionRule: Sendable, Hashable {
    /// What a rule looks for.
    public enum Target: Sendable, Hashable {
        /// The value at a place, with all that it holds. A token `*` stands for any one name or index. In a stream the
        /// place is one in each event's data. It begins at the body, or for ``RedactionRule/Part/extra`` at the members beyond the five.
        case pointer(JSONPointer)
        /// The value of every member of this name, at any depth, with all that it holds. Upper and lower case count, but for
        /// headers.
        case member(String)
        /// What a regular expression in Swift's syntax matches in strings, once their escapes are resolved; the rest of
        /// the string stays.
        case pattern(String)
    }

    /// A part of an exchange.
    public enum Part: String, Sendable, Hashable, CaseIterable {
        /// The request's body.
        case request
        /// The response's body, or the events of one that was cut off.
        case response
        /// The members beyond the five, such as headers that were stored.
        case extra
    }

    /// What the rule looks for.
    public var target: Target
    /// Where it looks; nil for the default: everywhere, but a pointer only in the payloads.
    public var part: Part?

    /// Makes a rule.
    ///
    /// - Parameters:
    ///   - target: what it looks for.
    ///   - part: where it looks; nil for the default: everywhere, but a pointer only in the payloads.
    public init(_ target: Target, in part: Part? = nil) {
        self.target = target
        self.part = part
    }

    /// Reads a rule as it is written in an option: `pointer=/messages/*/content`, `member=user` or
    /// `pattern=sk-[a-z]+`, and before it, to look in one part alone, `request:`, `response:` or `extra:`.
    ///
    /// - Parameter text: the rule's text.
    /// - Throws: ``RedactionError`` with the code `invalidRule`.
    public init(_ text: String) throws(RedactionError) {
        var rest = text[...]
        var part: Part?
        for candidate in Part.allCases where rest.hasPrefix("\(candidate.rawValue):") {
            part = candidate
            rest = rest.dropFirst(candidate.rawValue.count + 1)
            break
        }
        guard let equals = rest.firstIndex(of: "=") else {
            throw RedactionError(.invalidRule, "a rule is pointer=…, member=… or pattern=…")
        }
        let target = try Target(kind: String(rest[..<equals]), String(rest[rest.index(after: equals)...]))
        self.init(target, in: part)
    }

    /// Whether the rule looks there.
    func applies(to part: Part) -> Bool {
        if let own = self.part { return own == part }
        if case .pointer = target { return part != .extra }
        return true
    }
}

extension RedactionRule.Target {
    init(kind: String, _ value: String) throws(RedactionError) {
        switch kind {
        case "pointer":
            let pointer: JSONPointer
            do throws(JSONTextError) {
                pointer = try JSONPointer(value)
            } catch {
                throw RedactionError(.invalidRule, "\(error)")
            }
            try Self.requireFromBody(pointer)
            self = .pointer(pointer)
        case "member":
            self = .member(value)
        case "pattern":
            _ = try PatternMatcher(value)
            self = .pattern(value)
        default:
            throw RedactionError(
                .invalidRule,
                "'\(kind)' is no kind of rule; there are pointer, member and pattern"
            )
        }
    }

    /// Throws where a pointer is written as one from the line on: as one from the body on it would lead nowhere, and what it
    /// was written for would be stored.
    static func requireFromBody(_ pointer: JSONPointer) throws(RedactionError) {
        guard let first = pointer.tokens.first, let part = RedactionRule.Part(rawValue: first), part != .extra
        else { return }
        let rest = JSONPointer(tokens: Array(pointer.tokens.dropFirst()))
        throw RedactionError(
            .invalidRule,
            """
            the pointer '\(pointer)' begins with '/\(first)', but a rule's pointer begins at the body: write '\(rest)' with \
            "in": "\(first)" in a file, '\(first):pointer=\(rest)' in an option; in a body that has a member '\(first)' itself, \
            '/*\(rest)' leads into it
            """
        )
    }
}
