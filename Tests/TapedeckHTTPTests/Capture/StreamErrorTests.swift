#if HTTP
import NIOHTTP1
import Synchronization
import Tapedeck
import TapedeckTestSupport
import Testing

@testable import TapedeckHTTP

@Suite("A stream that began well", .fewAtATime)
struct StreamErrorTests {
    private static let failed = {
        var filter = ExchangeFilter()
        filter.isFailedOnly = true
        return filter
    }()

    private static func exchange(_ stream: String, type: String = "text/event-stream") async throws
        -> ProxyRun<Void>
    {
        let uptime = Atomic<UInt64>(0)
        let clock = CaptureClock(wall: .system) { uptime.add(1, ordering: .relaxed).oldValue }
        return try await withCapture(clock: clock) {
            pass($0, response: Array(stream.utf8), headers: ["content-type": type])
        }
    }

    @Test(
        "and has an error among its events is a failure, and is stored as it came",
        arguments: [
            ("data: 1\n\ndata: {\"error\":{\"code\":500}}\n\ndata: 2\n\n", "text/event-stream"),
            ("data: 1\n\ndata: { \"error\" :\"full\"}\n\ndata: [DONE]\n\n", "text/event-stream"),
            ("data: 1\n\nevent: error\ndata: {\"type\":\"error\"}\n\n", "text/event-stream"),
            ("data: 1\n\nevent: response.failed\ndata: {}\n\n", "text/event-stream"),
            ("1\n{\"error\":\"full\"}\n", "application/x-ndjson"),
        ]
    )
    func errors(stream: String, type: String) async throws {
        let run = try await Self.exchange(stream, type: type)
        let exchange = try #require(run.exchanges.first)
        #expect(exchange.response?[0]?.text == "1" && exchange.response?[1] != nil)
        #expect(exchange.httpStatus == 200 && exchange.httpFailure == "stream_error")
        let http = try #require(exchange.extra?["http"])
        // When the event came, not when the stream ended.
        #expect(http["failure_ns"]?.text == http["event_ns"]?[1]?.text && http["failure_ns"] != nil)
        #expect(http["proxy_status"] == nil)
        #expect(exchange.isFailed && Self.failed.matches(exchange))
        #expect(run.statistics.openCount == 0 && run.statistics.failureCounts == [.streamError: 1])
    }

    @Test(
        "and speaks of errors otherwise is none",
        arguments: [
            #"data: {"error":null,"choices":[]}"#, #"data: {"error":"","choices":[]}"#,
            #"data: {"error":false}"#, #"data: {"error":{ },"choices":[]}"#,
            #"data: {"choices":[{"error":{"code":500}}]}"#, #"data: {"errors":["full"]}"#, #"data: "error""#,
            #"data: {"error""#, "event: errors\ndata: {}", "data: error", "event: delta\ndata: {}",
        ]
    )
    func others(event: String) async throws {
        let run = try await Self.exchange("\(event)\n\n")
        let exchange = try #require(run.exchanges.first)
        #expect(!exchange.isOpen && !exchange.isFailed && exchange.httpFailure == nil)
        #expect(run.statistics.failureCounts.isEmpty)
    }

    @Test("and was cut after an error has the cause of the cut")
    func cut() async throws {
        let run = try await withCapture { capture in
            var exchange = capture.begin(method: "POST", target: "/v1/completions", headers: HTTPHeaders())
            exchange?.responseHead(status: 200, headers: ["content-type": "text/event-stream"] as HTTPHeaders)
            Array("event: error\ndata: {}\n\n".utf8).withUnsafeBytes { exchange?.responseBody($0) }
            exchange?.abort(because: .upstreamFailed)
        }
        #expect(run.exchanges.map(\.httpFailure) == ["upstream_failed"] && run.exchanges.allSatisfy(\.isOpen))
    }
}
#endif
