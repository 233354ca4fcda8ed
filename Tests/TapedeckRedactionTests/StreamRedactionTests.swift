import Testing

@testable import Tapedeck
@testable import TapedeckRedaction

@Suite struct StreamRedactionTests {
    private static let key = Array("a key that only tests use".utf8)

    private func redact(_ events: [String], _ rule: String, isOpen: Bool = false) throws -> String {
        let redactor = try Redactor(
            rules: RedactionRules([try RedactionRule(rule)]),
            key: RedactionKey(bytes: Self.key)
        )
        let list = JSONText(array: try events.map { try JSONText(validating: $0) })
        var http: [(name: String, value: JSONText)] = [("framing", "sse"), ("path", "/v1/x")]
        if isOpen { http.append(("events", list)) }
        let exchange = RecordedExchange(
            receivedNanoseconds: 1,
            protocol: "p",
            request: [:],
            response: isOpen ? nil : list,
            extra: ExtraMembers([("http", JSONText(object: http))])
        )
        let redacted = try redactor.redact(exchange)
        if isOpen { return try #require(redacted.extra?["http"]["events"]).text }
        #expect(redacted.extra == exchange.extra)
        var foreign = exchange
        foreign.extra = nil
        #expect(try redactor.redact(foreign).response == redacted.response, "of another program's, too")
        return try #require(redacted.response).text
    }

    private func pseudonym(_ text: String) throws -> String {
        Pseudonyms(try RedactionKey(bytes: Self.key)).string(for: text.utf8)
    }

    /// Events that cut `c4nary` in two or more, as `%` stands for where each piece goes.
    private static let shapes: [[String]] = [
        // Two choices at a time, told by their index and not their place.
        [
            #"{"id":"a","choices":[{"index":0,"delta":{"role":"assistant","content":""}}]}"#,
            #"{"id":"a","choices":[{"index":0,"delta":{"content":"is c4"}}]}"#,
            #"{"id":"a","choices":[{"index":1,"delta":{"content":"other"}}]}"#,
            #"{"id":"a","choices":[{"index":0,"delta":{"content":"\u006ear"}}]}"#,
            #"{"id":"a","choices":[{"index":0,"delta":{"content":"y ok"}}]}"#,
        ],
        [#"{"choices":[{"text":"is c","index":0}]}"#, #"{"choices":[{"text":"4nary ok","index":0}]}"#],
        [
            #"{"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":"is c4n"}}"#,
            #"{"type":"ping"}"#,
            #"{"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":"ary ok"}}"#,
        ],
        [
            #"{"type":"content_block_delta","index":1,"delta":{"type":"input_json_delta","partial_json":"is c"}}"#,
            #"{"type":"content_block_delta","index":1,"delta":{"type":"input_json_delta","partial_json":"4nary ok"}}"#,
        ],
        [
            #"{"type":"response.output_text.delta","output_index":0,"sequence_number":1,"delta":"is c4nar"}"#,
            #"{"type":"response.output_text.delta","output_index":0,"sequence_number":2,"delta":"y ok"}"#,
        ],
        [
            #"{"choices":[{"index":0,"delta":{"tool_calls":[{"index":0,"function":{"arguments":"is c4"}}]}}]}"#,
            #"{"choices":[{"index":0,"delta":{"tool_calls":[{"index":1,"function":{"arguments":"z"}}]}}]}"#,
            #"{"choices":[{"index":0,"delta":{"tool_calls":[{"index":0,"function":{"arguments":"nary ok"}}]}}]}"#,
        ],
    ]

    @Test(arguments: shapes, [false, true])
    func `A secret that events cut is found, and stands redacted in the first of them`(
        events: [String],
        isOpen: Bool
    ) throws {
        let redacted = try redact(events, "pattern=c4nary", isOpen: isOpen)
        #expect(redacted.contains("is \(try pseudonym("c4nary"))\""))
        #expect(redacted.contains("\" ok\""))
        for piece in ["c4", "nar", "4n", "ary", "\\u006e"] {
            #expect(!redacted.replacing("c4nary", with: "").contains(piece), "\(piece)")
        }
        #expect(redacted.contains("other") == events.joined().contains("other"))
    }

    @Test func `A text that a rule redacts whole has the pseudonym that it has in one piece`() throws {
        let events = [
            #"{"choices":[{"index":0,"delta":{"content":"one "}}]}"#,
            #"{"choices":[{"index":0,"delta":{"content":"two"}}]}"#,
        ]
        let redacted = try redact(events, "pointer=/choices/*/delta/content")
        #expect(
            redacted == """
                [{"choices":[{"index":0,"delta":{"content":"\(try pseudonym("one two"))"}}]},\
                {"choices":[{"index":0,"delta":{"content":""}}]}]
                """
        )
    }

    @Test func `An event that is no JSON cannot be redacted`() throws {
        #expect(throws: RedactionError.self) {
            try redact([#"{"a":1}"#, #"{"$base64":"YzRuYXJ5"}"#], "pattern=c4nary")
        }
        #expect(throws: RedactionError.self) {
            try redact([#"{"$base64":"YzRuYXJ5"}"#], "pattern=c4nary", isOpen: true)
        }
    }
}
