public import Tapedeck

/// The rules by which exchanges are redacted.
///
/// A file of them looks like this; ``TapedeckRedaction`` tells what each member means:
///
/// ```json
/// {"rules": [
///     {"pointer": "/messages/*/content", "in": "request"},
///     {"member": "user"},
///     {"pattern": "sk-[A-Za-z0-9]{20,}"}
/// ]}
/// ```
public struct RedactionRules: Sendable, Hashable {
    /// The rules. Their order does not matter.
    public var rules: [RedactionRule]

    /// Takes rules.
    ///
    /// - Parameter rules: the rules, in any order.
    public init(_ rules: [RedactionRule]) {
        self.rules = rules
    }

    /// Reads rules from the text of a configuration file.
    ///
    /// - Parameter configuration: the file's text.
    /// - Throws: ``RedactionError`` with the code `invalidRule`, which names a member that is not known: a rule that is
    ///   misspelled must not be a rule that is not applied.
    public init(configuration: JSONText) throws(RedactionError) {
        try Self.require(configuration, hasOnly: ["rules"], "the file of rules")
        guard let list = configuration["rules"], list.kind == .array else {
            throw RedactionError(.invalidRule, "the file of rules is no object with an array 'rules'")
        }
        rules = []
        for (index, entry) in list.elements.enumerated() {
            rules.append(try Self.rule(entry, "rule \(index + 1)"))
        }
        if rules.isEmpty { throw RedactionError(.invalidRule, "the file of rules has none") }
    }

    /// Reads rules from a configuration file.
    ///
    /// - Parameter path: the file's path.
    /// - Throws: ``RedactionError``: `unreadableFile`, or `invalidRule` with the file's name.
    public init(file path: String) throws(RedactionError) {
        let bytes = try SmallFile.read(path, isSecret: false)
        let configuration: JSONText
        do throws(JSONTextError) {
            configuration = try JSONText(utf8: bytes)
        } catch {
            throw RedactionError(.invalidRule, "\(path): \(error)")
        }
        do throws(RedactionError) {
            try self.init(configuration: configuration)
        } catch {
            throw RedactionError(error.code, "\(path): \(error.message)")
        }
    }

    private static func rule(_ entry: JSONText, _ place: String) throws(RedactionError) -> RedactionRule {
        let kinds = ["pointer", "member", "pattern"]
        try require(entry, hasOnly: kinds + ["in"], place)
        let targets = entry.members.filter { kinds.contains($0.name) }
        guard targets.count == 1, let target = targets.first, let value = target.value.string else {
            throw RedactionError(
                .invalidRule,
                "\(place) needs exactly one of 'pointer', 'member' and 'pattern', and it is a string"
            )
        }
        var part: RedactionRule.Part?
        if let text = entry["in"] {
            part = text.string.flatMap { RedactionRule.Part(rawValue: $0) }
            guard part != nil else {
                throw RedactionError(.invalidRule, "'in' of \(place) is not request, response or extra")
            }
        }
        do throws(RedactionError) {
            return RedactionRule(try .init(kind: target.name, value), in: part)
        } catch {
            throw RedactionError(error.code, "\(place): \(error.message)")
        }
    }

    private static func require(_ object: JSONText, hasOnly names: [String], _ place: String)
        throws(RedactionError)
    {
        guard object.kind == .object else {
            throw RedactionError(.invalidRule, "\(place) is no object")
        }
        for member in object.members where !names.contains(member.name) {
            let known = names.map { "'\($0)'" }.joined(separator: ", ")
            throw RedactionError(
                .invalidRule,
                "\(place) has a member '\(member.name)', which is not known; known are \(known)"
            )
        }
    }
}
