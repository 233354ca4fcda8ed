import Testing

@testable import Tapedeck
@testable import TapedeckRedaction

@Suite struct BesidesBodiesTests {
    private static let marks = "redacted:"

    private func redact(_ extra: ExtraMembers, _ rules: String...) throws -> ExtraMembers {
        let redactor = try Redactor(
            rules: RedactionRules(rules.map { try RedactionRule($0) }),
            key: RedactionKey(bytes: Array("a key that only tests use".utf8))
        )
        let exchange = RecordedExchange(receivedNanoseconds: 1, protocol: "p", request: [:], extra: extra)
        return try #require(try redactor.redact(exchange).extra)
    }

    @Test(arguments: [
        ("/v2/models/c4nary/infer", "/v2/models/", "/infer"),
        ("/a%2Fb/%634n%61ry%21/%7a", "/a%2Fb/", "%21/%7a"),
        // What is no UTF-8 stays as it is.
        ("/%ff/%634nary", "/%ff/", ""), ("/%63%C3%BC/c4%6Eary%", "/%63%C3%BC/", "%"),
    ])
    func `A pattern sees a path with its percent-encoding resolved`(path: String, start: String, end: String)
        throws
    {
        let extra = try redact(["http": ["path": JSONText(string: path)]], "pattern=c4nary")
        let redacted = try #require(extra["http"]?["path"]?.string)
        #expect(redacted.hasPrefix(start + Self.marks) && redacted.hasSuffix(end), "\(redacted)")
        #expect(redacted.utf8.count == start.utf8.count + Self.marks.utf8.count + 32 + end.utf8.count)
    }

    @Test func `A plus is a space in a query, and a plus elsewhere`() throws {
        let extra: ExtraMembers = ["http": ["query": ["q": "a+John+Smith"], "path": "John+Smith"]]
        let redacted = try redact(extra, "pattern=John Smith")["http"]
        #expect(redacted?["query"]?["q"]?.string?.hasPrefix("a+" + Self.marks) == true)
        #expect(redacted?["path"]?.string == "John+Smith")
    }

    @Test func `A header is named in any case`() throws {
        let extra: ExtraMembers = [
            "http": ["request_headers": ["x-user": "me"], "response_headers": ["x-other": "me"]]
        ]
        let redacted = try redact(extra, "member=X-User")["http"]
        #expect(redacted?["request_headers"]?["x-user"]?.string?.hasPrefix(Self.marks) == true)
        #expect(redacted?["response_headers"]?.text == #"{"x-other":"me"}"#)
    }

    @Test(arguments: [
        "method", "path", "status", "content_type", "framing", "event_names", "event_ns", "done",
        "request_cut", "failure", "failure_ns", "proxy_status",
        "request_encoding", "response_encoding", "http",
    ])
    func `A name means no member that says how a response was sent, and means its namesakes`(name: String)
        throws
    {
        let text = #"""
            {"http":{"method":"POST","path":"/v1/x","query":{"\#(name)":"me"},"request_headers":{"\#(name)":"me"},\#
            "request_cut":true,"request_encoding":"br","status":200,"content_type":"a/b","response_encoding":"br",\#
            "failure":"client_left","failure_ns":1,"proxy_status":502,"framing":"sse","event_names":["a"],"event_ns":[1],"done":true,"own":{"\#(name)":"me"}},"other":{"\#(name)":"me"}}
            """#
        let extra = try ExtraMembers(object: JSONText(validating: text))
        let redacted = try redact(extra, "member=\(name)")
        var expected = text
        while let place = expected.firstRange(of: #""me""#) {
            let value = try #require(redacted["other"]?[name]?.text)
            expected.replaceSubrange(place, with: value)
        }
        #expect(redacted["other"]?[name]?.string?.hasPrefix(Self.marks) == true)
        #expect(redacted.text == ExtraMembers(object: try JSONText(validating: expected)).text)
    }

    @Test func `A pattern sees the method, the content type and the names of events`() throws {
        let extra: ExtraMembers = [
            "http": ["method": "C4NARY", "content_type": "a/C4NARY", "event_names": ["C4NARY", .null]]
        ]
        #expect(try !redact(extra, "pattern=C4NARY").text.contains("C4NARY"))
    }
}
