import Testing

@testable import Tapedeck
@testable import TapedeckRedaction

@Suite struct RedactorTests {
    private func redactor(_ rules: String...) throws -> Redactor {
        try Redactor(
            rules: RedactionRules(rules.map { try RedactionRule($0) }),
            key: RedactionKey(bytes: Array("a key that only tests use".utf8))
        )
    }

    private func exchange(_ request: String, _ response: String? = nil, extra: ExtraMembers? = nil) throws
        -> RecordedExchange
    {
        RecordedExchange(
            receivedNanoseconds: 1,
            protocol: "openai.chat",
            request: try JSONText(validating: request),
            response: try response.map { try JSONText(validating: $0) },
            extra: extra
        )
    }

    private func pseudonym(_ text: String) throws -> String {
        Pseudonyms(try RedactionKey(bytes: Array("a key that only tests use".utf8))).string(for: text.utf8)
    }

    @Test(arguments: [
        "pointer=/messages/*/content", "pointer=/messages/1/content", "member=content", "pattern=c4n.ry",
        "request:member=content",
    ])
    func `What a rule names is replaced, and every other byte stays`(rule: String) throws {
        let before =
            #"{ "n" : 1.50,  "messages":[{"content":"a"},{"role":"\u0075ser" , "content" : "c4nary"}] }"#
        let after = try redactor(rule).redact(exchange(before)).request.text
        var expected = before.replacing("c4nary", with: try pseudonym("c4nary"))
        if rule.contains("*") || rule.contains("member") {
            expected = expected.replacing(#""content":"a""#, with: #""content":"\#(try pseudonym("a"))""#)
        }
        #expect(after == expected)
    }

    @Test(arguments: [
        #"{"a":[{"b":"x c4nary y"}]}"#, #"{"a":"x \u00634nary y"}"#, #"["x \u0063\u0034nar\u0079 y"]"#,
        #""x c4nary y""#, #" "c4nary\u0301" "#, #"{"arguments":"{\"key\":\"c4nary\"}"}"#,
    ])
    func `A pattern sees strings with their escapes resolved, and leaves what stands around`(text: String)
        throws
    {
        let redacted = try redactor("pattern=c4nary").redact(exchange(text, text))
        for payload in [redacted.request, try #require(redacted.response)] {
            let marks = try pseudonym("c4nary")
            // By bytes: as characters, the digit before the accent is another one.
            #expect(Array(payload.text.utf8).contains(Array(marks.utf8)))
            #expect(!payload.text.contains("c4nary") && !payload.text.contains("4nar"))
        }
        if text.contains("x ") {
            #expect(redacted.request.text.contains("x \(try pseudonym("c4nary")) y"))
        }
    }

    @Test func `A pseudonym has the type of its value, and is the same for the same value and key`() throws {
        let text = #"{"secret":{"s":"t","n":[12.5,12.5,-1],"b":[true,false],"z":null},"more":{"s":"t"}}"#
        let redactor = try redactor("member=secret", "pointer=/more/s")
        let request = try redactor.redact(exchange(text)).request
        let secret = try #require(request["secret"])
        #expect(secret["s"]?.string == request["more"]["s"]?.string)
        #expect(secret["s"]?.string?.hasPrefix("redacted:") == true)
        let numbers = try #require(secret["n"]).elements.map(\.text)
        #expect(numbers[0] == numbers[1] && numbers[0] != numbers[2] && UInt64(numbers[0]) != nil)
        #expect(secret["b"]?.text == "[false,false]")
        #expect(secret["z"]?.isNull == true)
        #expect(try redactor.redact(exchange(text)).request == request)
        let other = try Redactor(
            rules: RedactionRules([RedactionRule(.member("secret"))]),
            key: RedactionKey(bytes: Array("another key of the tests".utf8))
        )
        #expect(try other.redact(exchange(text)).request["secret"]["s"] != secret["s"])
    }

    @Test func `A rule of one part leaves the others alone`() throws {
        let extra: ExtraMembers = ["http": ["query": ["user": "me"]]]
        let whole = try exchange(#"{"user":"me"}"#, #"{"user":"me"}"#, extra: extra)
        let request = try redactor("request:member=user").redact(whole)
        #expect(request.request != whole.request)
        #expect(request.response == whole.response && request.extra == whole.extra)
        let beside = try redactor("extra:pointer=/http/query/user").redact(whole)
        #expect(beside.request == whole.request && beside.response == whole.response)
        #expect(beside.extra?["http"]["query"]["user"]?.string == (try pseudonym("me")))
        let everywhere = try redactor("member=user").redact(whole)
        #expect(everywhere.extra == beside.extra && everywhere.request == request.request)
    }

    @Test(arguments: [
        (#"{"$base64":"YzRuYXJ5"}"#, nil, RedactionError.Code.notJSON),
        (#"{}"#, #"{"$base64":"YzRuYXJ5"}"#, .notJSON),
        (#"{"a":[{"c4nary":1}]}"#, nil, .secretName),
    ])
    func `What cannot be redacted throws, and the error says nothing of it`(
        request: String,
        response: String?,
        code: RedactionError.Code
    ) throws {
        let redactor = try redactor("pattern=c4nary")
        let exchange = try exchange(request, response)
        do throws(RedactionError) {
            _ = try redactor.redact(exchange)
            Issue.record("it cannot be redacted")
        } catch {
            #expect(error.code == code)
            #expect(!error.message.contains("c4nary") && !error.message.contains("YzRu"))
        }
    }

    @Test
    func `A redactor counts in how many exchanges each rule found something, and knows which found nothing`()
        throws
    {
        let redactor = try redactor(
            "member=user",
            "member=User",
            "response:pointer=/a/*",
            "pointer=/user",
            "pattern=c4nary",
            "extra:pattern=c4nary",
            "pattern=n4me"
        )
        #expect(redactor.unmatchedRules.isEmpty)
        let copy = redactor
        _ = try copy.redact(exchange(#"{"user":{"user":"x c4nary"},"a":[1]}"#, #"{"a":[1,2]}"#))
        _ = try copy.redact(exchange("{}", #"[{"delta":"c4n"},{"delta":"ary"}]"#))
        #expect(throws: RedactionError.self) { try copy.redact(exchange(#"{"n4me":1}"#)) }
        #expect(redactor.matchCounts == [1, 0, 1, 1, 2, 0, 1])
        #expect(redactor.unmatchedRules.map(\.description) == ["member=User", "extra:pattern=c4nary"])
    }

    @Test func `An empty body is no JSON either, but hides nothing`() throws {
        let empty = try exchange(#"{"$base64":""}"#)
        #expect(try redactor("pattern=x").redact(empty) == empty)
    }
}
