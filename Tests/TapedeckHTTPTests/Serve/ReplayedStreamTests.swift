#if HTTP
import Tapedeck
import TapedeckJSON
import TapedeckTestSupport
import Testing

@testable import TapedeckHTTP

@Suite("A stand-in streams", .fewAtATime)
struct ReplayedStreamTests {
    /// The response to a streaming request, without its chunks' lengths.
    private static func answer(
        _ exchange: RecordedExchange,
        clock: NotedClock = NotedClock(),
        options: (inout ReplayServer.Options) -> Void = { _ in }
    ) async throws -> (head: String, body: String) {
        let path = "/\(exchange.protocol)"
        let run = try await withServer([exchange], clock: clock, options: options) { port in
            let socket = try TestSocket(port: port)
            try socket.send(socket.request(#"{"stream":true}"#, path: path))
            return try socket.receive(until: "\r\n0\r\n\r\n")
        }
        let head = run.result.components(before: "\r\n\r\n")
        var (body, rest): ([UInt8], _) = ([], Array(run.result.utf8.dropFirst(head.utf8.count + 4))[...])
        while let end = rest.firstIndex(of: 0x0D),
            let count = Int(String(decoding: rest[..<end], as: UTF8.self), radix: 16), count > 0
        {
            body += rest[(end + 2)...].prefix(count)
            rest = rest[(end + 2 + count + 2)...]
        }
        return (head, String(decoding: body, as: UTF8.self))
    }

    private static func stream(_ tag: String, _ response: JSONText, http: JSONText? = nil) -> RecordedExchange
    {
        ReplayServerTests.exchange(tag, ["stream": true], response, http: http)
    }

    @Test("what was captured, with its names, its end and its bytes")
    func captured() async throws {
        let http: JSONText = [
            "status": 200, "content_type": "text/event-stream; charset=utf-8", "framing": "sse",
            "event_names": ["a", .null, .null], "event_ns": [1, 2, 3], "done": true,
        ]
        let events: JSONText = [["b": 1.10], ["$base64": "b25lCnR3bw=="], "x"]
        let answer = try await Self.answer(Self.stream("own", events, http: http))
        #expect(answer.head.contains("Content-Type: text/event-stream; charset=utf-8"))
        #expect(
            answer.body
                == "event: a\ndata: {\"b\":1.1}\n\ndata: one\ndata: two\n\ndata: \"x\"\n\ndata: [DONE]\n\n"
        )
    }

    @Test(
        "what an archive tells of no more than its events",
        arguments: [
            (
                "own.chat", #"[{"choices":[]},{"choices":[]}]"#, "text/event-stream",
                "data: {\"choices\":[]}\n\ndata: {\"choices\":[]}\n\ndata: [DONE]\n\n"
            ),
            (
                "anthropic.messages", #"[{"type":"message_start"},{"type":"message_stop"}]"#,
                "text/event-stream",
                "event: message_start\ndata: {\"type\":\"message_start\"}\n\n"
                    + "event: message_stop\ndata: {\"type\":\"message_stop\"}\n\n"
            ),
            (
                "ollama.chat", #"[{"done":false},{"done":true}]"#, "application/x-ndjson",
                "{\"done\":false}\n{\"done\":true}\n"
            ),
        ]
    )
    func archived(tag: String, events: String, type: String, body: String) async throws {
        let answer = try await Self.answer(Self.stream(tag, try JSONText(validating: events)))
        #expect(answer.head.contains("Content-Type: \(type)"))
        #expect(answer.body == body)
    }

    @Test(
        "each event at its time, and cuts long pauses",
        arguments: [
            (1.0, UInt64.max, [1010, 1040, 1040, 9040]), (2.0, UInt64.max, [1005, 1020, 1020, 5020]),
            (1.0, 100, [1010, 1040, 1040, 1140]), (.infinity, UInt64.max, [1000, 1000, 1000, 1000]),
        ] as [(Double, UInt64, [UInt64])]
    )
    func times(speed: Double, longest: UInt64, expected: [UInt64]) async throws {
        let clock = NotedClock(nanoseconds: 1000)
        let http: JSONText = ["framing": "ndjson", "event_ns": [10, 40, 30, 8040]]
        let answer = try await Self.answer(Self.stream("own", [1, 2, 3, 4], http: http), clock: clock) {
            options in
            options.speed = speed
            options.maximumGapNanoseconds = longest
        }
        #expect(answer.body == "1\n2\n3\n4\n")
        #expect(clock.deadlines == expected)
    }

    @Test("without waiting where the times are not one for each event")
    func unknownTimes() async throws {
        let clock = NotedClock()
        let http: JSONText = ["framing": "ndjson", "event_ns": [10]]
        #expect(try await Self.answer(Self.stream("own", [1, 2], http: http), clock: clock).body == "1\n2\n")
        #expect(clock.deadlines.isEmpty)
    }

    @Test("no events but an array where nothing was streamed")
    func plainArray() async throws {
        let plain = ReplayServerTests.exchange("own", ["stream": false], [1, 2])
        let run = try await withServer([plain]) { port in
            try TestSocket(port: port).exchange(#"{"stream":false}"#, path: "/own")
        }
        #expect(run.result.body == "[1,2]")
    }
}
#endif
