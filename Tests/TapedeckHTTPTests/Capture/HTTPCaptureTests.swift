#if HTTP
import Foundation
import NIOHTTP1
import Synchronization
import Tapedeck
import TapedeckJSON
import TapedeckTestSupport
import Testing

@testable import TapedeckHTTP

@Suite("A capture", .fewAtATime)
struct HTTPCaptureTests {
    @Test("takes times from the clocks it is given")
    func clocks() async throws {
        let uptime = Atomic<UInt64>(100)
        let clock = CaptureClock(
            wall: WallClock { 1_718_000_000_000_000_007 },
            uptimeNanoseconds: { uptime.add(10, ordering: .relaxed).oldValue }
        )
        let run = try await withCapture(clock: clock) { capture in
            pass(
                capture,
                response: Array("data: 1\n\n".utf8),
                headers: ["Content-Type": "text/event-stream"]
            )
        }
        let exchange = try #require(run.exchanges.first)
        #expect(exchange.receivedNanoseconds == 1_718_000_000_000_000_007)
        #expect(exchange.latencyNanoseconds == 100)
        #expect(exchange.extra?["http"]?["event_ns"]?.text == "[90]")
    }

    @Test("says why there is no response, and when that was, in the words of the failure")
    func failures() async throws {
        let uptime = Atomic<UInt64>(100)
        let clock = CaptureClock(
            wall: WallClock { 1 },
            uptimeNanoseconds: { uptime.add(10, ordering: .relaxed).oldValue }
        )
        let run = try await withCapture(clock: clock) { capture in
            for failure in ExchangeFailure.allCases {
                var exchange = capture.begin(method: "GET", target: "/v1/embeddings", headers: HTTPHeaders())
                exchange?.abort(because: failure, proxyStatus: failure.isOfUpstream ? 502 : nil)
            }
        }
        #expect(run.exchanges.count == ExchangeFailure.allCases.count)
        for (exchange, failure) in zip(run.exchanges, ExchangeFailure.allCases) {
            let status = failure.isOfUpstream ? #","proxy_status":502"# : ""
            #expect(
                exchange.extra?["http"]?.text
                    == #"{"method":"GET","path":"/v1/embeddings","failure":"\#(failure.rawValue)","#
                    + #""failure_ns":10\#(status),"framing":"none"}"#
            )
        }
        #expect(run.statistics.failureCounts.values.allSatisfy { $0 == 1 })
        #expect(run.statistics.failureCounts.count == ExchangeFailure.allCases.count)
    }

    @Test(
        "keeps JSON byte for byte and wraps what is none",
        arguments: [
            (#"{ "b":1.10, "a":18446744073709551616 }"#, #"{ "b":1.10, "a":18446744073709551616 }"#),
            ("", #"{"$base64":""}"#), ("null", #"{"$base64":"bnVsbA=="}"#), ("hi!", #"{"$base64":"aGkh"}"#),
            (#""\ud800""#, #"{"$base64":"Ilx1ZDgwMCI="}"#),
            (String(repeating: "[", count: 127) + String(repeating: "]", count: 127), nil),
        ] as [(String, String?)]
    )
    func bodies(body: String, stored: String?) async throws {
        let run = try await withCapture {
            pass($0, request: Array(body.utf8), response: Array(body.utf8))
        }
        let exchange = try #require(run.exchanges.first)
        for text in [exchange.request, try #require(exchange.response)] {
            if let stored { #expect(text.text == stored) } else { #expect(text["$base64"]?.string != nil) }
        }
    }

    @Test("wraps events that are no JSON, or too deep for an element of an array")
    func events() async throws {
        let deep = String(repeating: "[", count: 126) + String(repeating: "]", count: 126)
        let run = try await withCapture { capture in
            pass(
                capture,
                response: Array(
                    "data: hi!\n\ndata: 1],[2\n\ndata: \(deep)\n\ndata: {\"a\":\ndata: 1}\n\n".utf8
                ),
                headers: ["content-type": "text/event-stream"]
            )
        }
        let response = try #require(run.exchanges.first?.response)
        #expect(response[0]?.text == #"{"$base64":"aGkh"}"#)
        #expect(response[1]?["$base64"]?.string != nil && response[2]?["$base64"]?.string != nil)
        #expect(response[3]?.text == #"{"a": 1}"#)
    }

    @Test("stores headers and query values that are named, and credentials never")
    func headers() async throws {
        var configuration = CaptureConfiguration()
        configuration.storedHeaders = [
            "X-Kept", "Authorization", "COOKIE", "set-cookie", "X-Api-Key", "api-key",
        ]
        configuration.storedQueryNames = ["kept"]
        let secrets = ["Authorization", "Cookie", "Set-Cookie", "x-api-key", "Api-Key", "X-Other"]
        let headers = HTTPHeaders(secrets.map { ($0, "canary") } + [("x-kept", "1"), ("X-KEPT", "2")])
        let run = try await withCapture(configuration) { capture in
            pass(
                capture,
                target: "/v1/embeddings?key=canary&kept=a%20b&kept=2",
                requestHeaders: headers,
                headers: headers
            )
        }
        let extra = try #require(run.exchanges.first?.extra)
        #expect(!extra.text.contains("canary"))
        #expect(extra["http"]?["path"]?.string == "/v1/embeddings")
        #expect(extra["http"]?["query"]?.text == #"{"kept":"a%20b"}"#)
        #expect(extra["http"]?["request_headers"]?.text == #"{"x-kept":"1, 2"}"#)
        #expect(extra["http"]?["response_headers"]?.text == #"{"x-kept":"1, 2"}"#)
    }

    /// `{"a":[1,2,3]}` as `gzip -n` and zlib write it.
    private static let zipped: [(String, [UInt8])] = [
        (
            "gzip",
            [
                31, 139, 8, 0, 0, 0, 0, 0, 2, 3, 171, 86, 74, 84, 178, 138, 54, 212, 49, 210, 49, 142, 173, 5,
                0,
                145, 26, 17, 135, 13, 0, 0, 0,
            ]
        ),
        (
            "deflate",
            [120, 156, 171, 86, 74, 84, 178, 138, 54, 212, 49, 210, 49, 142, 173, 5, 0, 24, 30, 3, 126]
        ),
    ]

    @Test("takes content codings off", arguments: zipped)
    func coding(name: String, bytes: [UInt8]) async throws {
        let run = try await withCapture { capture in
            let headers: HTTPHeaders = ["content-encoding": name]
            pass(capture, request: bytes, requestHeaders: headers, response: bytes, headers: headers)
            // One that ends too early cannot be decoded, and is kept as it came.
            pass(capture, response: Array(bytes.dropLast(6)), headers: headers)
        }
        try #require(run.exchanges.count == 2)
        #expect(run.exchanges[0].request.text == #"{"a":[1,2,3]}"#)
        #expect(run.exchanges[0].response?.text == #"{"a":[1,2,3]}"#)
        #expect(run.exchanges[1].response?["$base64"]?.string != nil)
        #expect(run.exchanges[1].extra?["http"]?["response_encoding"]?.string == name)
    }

    /// `data: 1`, an empty line and the same with 2, as `gzip -n` writes it.
    private static let zippedEvents: [UInt8] = [
        31, 139, 8, 0, 0, 0, 0, 0, 0, 3, 75, 73, 44, 73, 180, 82, 48, 228, 226, 74, 1, 51, 140, 184, 184, 0,
        6, 45, 0, 143, 18, 0, 0, 0,
    ]

    @Test("does not take a stream for whole whose content coding was cut short")
    func streamCoding() async throws {
        let run = try await withCapture { capture in
            let headers: HTTPHeaders = ["content-encoding": "gzip", "content-type": "text/event-stream"]
            for bytes in [Self.zippedEvents, Self.zippedEvents.dropLast(4)] {
                pass(capture, response: Array(bytes), headers: headers)
            }
        }
        try #require(run.exchanges.count == 2)
        #expect(run.exchanges[0].response?.text == "[1,2]")
        #expect(run.exchanges[1].response?["$base64"]?.string != nil)
        #expect(run.exchanges[1].extra?["http"]?["response_encoding"]?.string == "gzip")
    }

    @Test("cuts off a bomb", arguments: zipped)
    func bomb(name: String, bytes: [UInt8]) async throws {
        var configuration = CaptureConfiguration()
        configuration.bodyLimitByteCount = 40
        let assembler = ExchangeAssembler(bodyLimitByteCount: 12)
        var captured = CapturedExchange(
            receivedNanoseconds: 0,
            startUptimeNanoseconds: 0,
            tag: "t",
            method: "POST",
            path: "/"
        )
        captured.requestBody = bytes
        captured.requestEncoding = name
        #expect(throws: ExchangeAssembler.Refusal.tooLarge) { try assembler.assemble(&captured) }
    }

    @Test("takes no tag that a filter could hardly name")
    func hiddenTag() async {
        await #expect(processExitsWith: .failure) {
            var configuration = CaptureConfiguration()
            configuration.routes = [RouteRule(path: "/a", protocol: "a b")]
            // What else could fail succeeds, or is told by another status.
            _ = try? await withCapture(configuration) { _ in }
            exit(EXIT_SUCCESS)
        }
    }

    @Test("that is let go records the exchange as open")
    func letGo() async throws {
        let run = try await withCapture { capture in
            do { _ = capture.begin(method: "POST", target: "/v1/completions", headers: HTTPHeaders()) }
        }
        #expect(run.exchanges.map(\.isOpen) == [true])
        #expect(run.statistics.capturedCounts == ["openai.completions": 1])
    }
}
#endif
