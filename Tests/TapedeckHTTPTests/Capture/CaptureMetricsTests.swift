#if HTTP
import MetricsTestKit
import NIOHTTP1
import Tapedeck
import TapedeckTestSupport
import Testing

@testable import TapedeckHTTP

@Suite("The metrics of a capture", .fewAtATime)
struct CaptureMetricsTests {
    private struct Refusal: Error {}

    /// One request with a body, whole.
    private static func pass(_ capture: HTTPCapture, _ body: String) {
        var exchange = capture.begin(method: "POST", target: "/v1/messages", headers: HTTPHeaders())
        Array(body.utf8).withUnsafeBytes { exchange?.requestBody($0) }
        exchange?.requestEnd()
        exchange?.responseHead(status: 200, headers: HTTPHeaders())
        exchange?.end()
    }

    private static func run(
        _ configuration: CaptureConfiguration,
        recorderOptions: CaptureRecorder.Options = CaptureRecorder.Options(),
        _ body: (HTTPCapture) async throws -> Void
    ) async throws -> TestMetrics {
        let metrics = TestMetrics()
        _ = try await withCapture(
            configuration,
            recorderOptions: recorderOptions,
            metrics: metrics,
            body
        )
        return metrics
    }

    @Test("count what is captured and what is not, each once")
    func counts() async throws {
        var configuration = CaptureConfiguration()
        configuration.bodyLimitByteCount = 8
        configuration.inFlightLimitByteCount = CapturedExchange.overheadByteCount + 512
        let metrics = try await Self.run(configuration) { capture in
            Self.pass(capture, "1")
            await capture.drain()
            Self.pass(capture, "123456789")
            var held = capture.begin(method: "POST", target: "/v1/messages", headers: HTTPHeaders())
            Array("12345678".utf8).withUnsafeBytes { held?.requestBody($0) }
            Self.pass(capture, "1234")
            held?.abort()
        }
        #expect(
            metrics.counterTotal(label: "tapedeck.captured", dimensions: [("protocol", "anthropic.messages")])
                == 2
        )
        #expect(metrics.counterTotal(label: "tapedeck.too_large") == 1)
        #expect(metrics.counterTotal(label: "tapedeck.no_room") == 1)
        #expect(metrics.counterTotal(label: "tapedeck.not_sampled") == 0)
        #expect(
            try metrics.expectTimer("tapedeck.latency", [("protocol", "anthropic.messages")]).values.count
                == 1
        )
        configuration.sampleRate = 0
        let none = try await Self.run(configuration) { Self.pass($0, "1") }
        #expect(none.counterTotal(label: "tapedeck.not_sampled") == 1)
    }

    @Test("count what the recorder refused, and what it dropped for other reasons")
    func recorder() async throws {
        var options = CaptureRecorder.Options()
        options.transform = { exchange in
            guard exchange.request.text != "13" else { throw Refusal() }
            return exchange
        }
        options.queueLimitByteCount = 400
        let metrics = try await Self.run(CaptureConfiguration(), recorderOptions: options) { capture in
            Self.pass(capture, "13")
            Self.pass(capture, "[\(String(repeating: "1,", count: 200))1]")
        }
        #expect(metrics.counterTotal(label: "tapedeck.refused") == 1)
        #expect(metrics.counterTotal(label: "tapedeck.dropped") == 1)
    }
}
#endif
