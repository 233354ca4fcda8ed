public import Tapedeck

/// Takes what must not be stored out of exchanges.
///
/// ```swift
/// let redactor = try Redactor(rules: rules, key: RedactionKey(environmentVariable: "REDACTION_KEY"))
/// var options = CaptureRecorder.Options()
/// options.transform = redactor.redact
/// let recorder = try CaptureRecorder(store: store, options: options)
/// ```
///
/// Whatever records through that recorder is redacted before it reaches the disk: exchanges of a program's own, the
/// middleware's and the proxy's. `ExportOptions` have the same `transform`.
///
/// A redacted value becomes a pseudonym of the same JSON type: a string `redacted:` and 32 hexadecimal digits, a number
/// another number, a Boolean `false`; null stays null, and of an object or array every leaf is redacted. The same value
/// under the same key has the same pseudonym, so that equal prompts stay equal. Every other byte stays as it was.
///
/// What is known of the exchange beside its bodies, such as the path, the query and the headers in the extra member
/// `http`, is redacted by the same rules; a rule for members names query items and headers, too, but none of the members
/// that say how the request and the response were sent, such as `path` and `status`. A pointer or a pattern reaches those.
/// Patterns look at strings as they are, and once more with percent-encoding resolved.
///
/// In a response that is an array, as the events of a stream are, the texts that its elements bring in pieces are joined
/// before rules look at them; what is redacted over several pieces stands in the first, and is taken out of the rest. So
/// are the events so far of an exchange that was cut off.
///
/// What rules do not see: numbers and names of members (a name that a pattern matches makes the exchange unredactable);
/// the inside of strings that are themselves encoded, in Base64 or once more as JSON; a text that a whole response
/// divides, such as the tokens of `logprobs`. Name such members in a rule, and they are redacted as a whole. The tag, the
/// times and the lengths of payloads stay.
public struct Redactor: Sendable {
    private let request: PartRules
    private let response: PartRules
    private let extra: PartRules
    private let pseudonyms: Pseudonyms
    /// What is redacted.
    public let rules: RedactionRules
    let tally: RuleTally

    /// Makes a redactor.
    ///
    /// - Parameters:
    ///   - rules: what is redacted.
    ///   - key: the key of the pseudonyms.
    /// - Throws: ``RedactionError`` with the code `invalidRule` when a pattern is no regular expression, or a pointer begins
    ///   at the line and not at the body.
    public init(rules: RedactionRules, key: RedactionKey) throws(RedactionError) {
        request = try PartRules(rules, for: .request)
        response = try PartRules(rules, for: .response)
        extra = try PartRules(rules, for: .extra)
        pseudonyms = Pseudonyms(key)
        self.rules = rules
        tally = RuleTally(ruleCount: rules.rules.count)
    }

    /// Redacts an exchange.
    ///
    /// - Parameter exchange: an exchange as it was recorded. One that was redacted before gets pseudonyms of pseudonyms.
    /// - Returns: the exchange without what the rules name.
    /// - Throws: ``RedactionError``: `notJSON` where a body is kept as Base64, or the extra members break the rules of a
    ///   payload; `secretName` where a pattern matches the name of a member. It must then not be stored.
    /// - Complexity: linear in the payloads for each level that they nest, and what the expressions take.
    public func redact(_ exchange: RecordedExchange) throws(RedactionError) -> RecordedExchange {
        var exchange = exchange
        var found: Set<Int> = []
        defer { tally.count(found) }
        exchange.request = try redact(exchange.request, request, &found)
        if let body = exchange.response {
            // What no stream sent may be an array, too. But an archive of another program does not tell them apart, and
            // where nothing goes over from one element to the next there is no difference.
            exchange.response = try redact(body, response, &found, isStream: body.kind == .array)
        }
        if let members = exchange.extra {
            exchange.extra = try redact(members, &found)
        }
        return exchange
    }

    private func redact(
        _ value: JSONText,
        _ rules: PartRules,
        _ found: inout Set<Int>,
        isStream: Bool = false
    ) throws(RedactionError) -> JSONText {
        try value.replacing(try edits(value, rules, &found, isStream: isStream))
    }

    private func edits(
        _ value: JSONText,
        _ rules: PartRules,
        _ found: inout Set<Int>,
        isStream: Bool,
        query: Range<Int>? = nil
    ) throws(RedactionError) -> [JSONText.Edit] {
        var walk = LeafWalk(rules)
        // Also where it throws: the name of a member may be what a pattern matched.
        defer { found.formUnion(walk.found) }
        if isStream { try walk.add(stream: value) } else { try walk.add(value) }
        var redaction = LeafRedaction(rules.patterns, pseudonyms, query: query)
        redaction.redact(walk.leaves)
        found.formUnion(redaction.found)
        return redaction.edits
    }

    /// Redacts the members beyond the five, but the events of an exchange that was cut off as the response that they are.
    private func redact(_ members: ExtraMembers, _ found: inout Set<Int>) throws(RedactionError)
        -> ExtraMembers
    {
        let text: JSONText
        do throws(JSONTextError) {
            text = try JSONText(validating: members.text)
        } catch {
            throw RedactionError(.notJSON, "the extra members break the rules of a payload")
        }
        let query = text["http"]?["query"]?.utf8.indices
        var all = try edits(text, extra, &found, isStream: false, query: query)
        for http in text.members where http.name == "http" {
            for events in http.value.members where events.name == "events" {
                all.removeAll { events.value.utf8.indices.contains($0.range.lowerBound) }
                all += try edits(events.value, response, &found, isStream: true)
            }
        }
        all.sort { $0.range.lowerBound < $1.range.lowerBound }
        return ExtraMembers(object: try text.replacing(all))
    }
}
