import Tapedeck
import Testing

@testable import TapedeckReplay

@Suite struct RequestBuilderTests {
    private func exchange(
        _ tag: String = "openai.chat",
        request: JSONText = ["model": "a"],
        http: JSONText? = nil
    ) -> RecordedExchange {
        RecordedExchange(
            receivedNanoseconds: 1,
            protocol: tag,
            request: request,
            extra: http.map { ["http": $0] }
        )
    }

    private func build(
        _ exchange: RecordedExchange,
        _ rules: RequestRules = RequestRules()
    ) -> (request: ReplayRequest, isMalformed: Bool)? {
        guard case .request(let request, let isMalformed) = RequestBuilder(rules: rules).build(exchange)
        else {
            return nil
        }
        return (request, isMalformed)
    }

    @Test func `The body is sent byte for byte`() throws {
        let body = try JSONText(validating: #"{ "b":1.10, "a":"é", "b":2 }"#)
        #expect(build(exchange(request: body))?.request.body == Array(body.utf8))
    }

    @Test func `What is no JSON has no place that a change could lead to`() throws {
        var rules = RequestRules()
        rules.changes = [.init(pointer: try JSONPointer("/model"), value: "b")]
        let wrapped = exchange(request: ["$base64": "AAEC"], http: ["path": "/v1/audio/transcriptions"])
        #expect(build(wrapped)?.request.body == [0, 1, 2])
        #expect(build(wrapped, rules) == nil)
        #expect(build(exchange(http: ["path": "/x"]), rules)?.request.body == Array(#"{"model":"b"}"#.utf8))
    }

    @Test(arguments: [
        ("openai.chat", "/v1/chat/completions"), ("anthropic.messages", "/v1/messages"),
        ("kserve.infer", "/kserve.infer"), ("a b/../ü", "/a%20b%2F..%2F%C3%BC"), ("", "/"),
    ])
    func `Without a captured path the tag decides`(tag: String, path: String) {
        #expect(build(exchange(tag))?.request.path == path)
    }

    @Test func `A captured path comes before that of the tag, and an own rule before both`() {
        let captured = exchange(http: ["method": "PUT", "path": "/p/x", "query": ["v": "1%2F", "flag": ""]])
        #expect(build(captured)?.request.path == "/p/x?v=1%2F&flag")
        #expect(build(captured)?.request.method == "PUT")
        var rules = RequestRules()
        rules.paths["openai.chat"] = "/own"
        #expect(build(captured, rules)?.request.path == "/own")
    }

    @Test(arguments: [
        "//evil.example/x", "http://evil.example/", "x", "", "/a b", "/a\r\nHost: evil.example", "/a#b",
        #"/\evil"#,
        "/ü", "*", "\t/x",
    ])
    func `A path that could lead elsewhere is not heeded, and counted`(path: String) throws {
        let built = try #require(build(exchange(http: ["path": JSONText(string: path)])))
        #expect(built.isMalformed)
        #expect(built.request.path == "/v1/chat/completions")
    }

    @Test(arguments: [
        #"{"method":"GET /x HTTP/1.1\r\n"}"#, #"{"request_headers":{"a":"b\r\nc: d"}}"#,
        #"{"request_headers":{"a b":"c"}}"#, #"{"query":{"a":"b c"}}"#, #"{"query":["a"]}"#, #"[1]"#,
        #"{"status":"200"}"#,
        #"{"event_ns":[1.5]}"#, #"{"framing":"morse"}"#, #"{"request_encoding":"gzip\n"}"#,
    ])
    func `What a capture does not write is malformed as a whole`(http: String) throws {
        let built = try #require(build(exchange(http: try JSONText(validating: http))))
        #expect(built.isMalformed)
        #expect(built.request == build(exchange())?.request)
    }

    @Test func `Stored headers are sent, but for those that frame the message or say who somebody is`() {
        let stored: JSONText = [
            "openai-beta": "x", "Host": "evil.example", "authorization": "s", "Transfer-Encoding": "chunked",
            "Content-Type": "text/plain",
        ]
        var rules = RequestRules()
        rules.headers = [ReplayRequest.Header("Authorization", "mine")]
        let sent = build(exchange(http: ["request_headers": stored]), rules)?.request.headers
        #expect(
            sent == [
                ReplayRequest.Header("Authorization", "mine"), ReplayRequest.Header("openai-beta", "x"),
                ReplayRequest.Header("Content-Type", "text/plain"),
            ]
        )
    }

    @Test func `What was cut off when it was captured is not sent`() {
        #expect(build(exchange(http: ["path": "/x", "request_cut": true])) == nil)
        #expect(build(exchange(http: ["path": "/x", "request_cut": false])) != nil)
        #expect(build(exchange(http: ["request_cut": 1]))?.isMalformed == true)
    }

    @Test func `A captured body that is no JSON is sent as it was`() {
        let wrapped: JSONText = ["$base64": "aGkh"]
        #expect(build(exchange(request: wrapped, http: [:]))?.request.body == Array("hi!".utf8))
        #expect(
            build(exchange(request: wrapped))?.request.body == Array(wrapped.utf8),
            "no capture wrote this"
        )
    }

    @Test func `A change is made where its place exists, and what lacks it is not sent`() throws {
        var rules = RequestRules()
        rules.changes = [RequestRules.Change(pointer: try JSONPointer("/model"), value: "b")]
        let sent = build(exchange(request: try JSONText(validating: #"{"n":1.0,"model":"a"}"#)), rules)
        #expect(sent?.request.body == Array(#"{"n":1.0,"model":"b"}"#.utf8))
        #expect(build(exchange(request: [1]), rules) == nil)
    }
}
