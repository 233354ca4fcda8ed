#if HTTP
import NIOHTTP1
import Tapedeck
import TapedeckJSON
import TapedeckTestSupport
import Testing

@testable import TapedeckHTTP

@Suite("A capture of a share", .fewAtATime)
struct CaptureSamplingTests {
    @Test("counts what is outside of the sample as that, whatever its size", arguments: [0x1p-63, 1])
    func limitsOutsideOfSample(rate: Double) async throws {
        var configuration = CaptureConfiguration()
        configuration.sampleRate = rate
        configuration.bodyLimitByteCount = 4
        let large = try await withCapture(configuration) { pass($0, request: Array("123456".utf8)) }
        configuration.inFlightLimitByteCount = 5
        let crowded = try await withCapture(configuration) { pass($0, request: Array("1".utf8)) }
        let isTaken = rate == 1
        #expect(large.statistics.tooLargeCount == (isTaken ? 1 : 0))
        #expect(crowded.statistics.noRoomCount == (isTaken ? 1 : 0))
        for run in [large, crowded] { #expect(run.statistics.notSampledCount == (isTaken ? 0 : 1)) }
    }

    @Test(
        "samples by what a request says: equal ones are all taken or none, and about the share that was asked for"
    )
    func sampling() async throws {
        var configuration = CaptureConfiguration()
        configuration.sampleRate = 0.25
        let run = try await withCapture(configuration) { capture in
            for _ in 0..<2 { for index in 0..<400 { pass(capture, request: Array("\(index)".utf8)) } }
        }
        let first = run.exchanges.prefix(run.exchanges.count / 2).map(\.request.text)
        #expect(first + first == run.exchanges.map(\.request.text))
        #expect((60...140).contains(first.count))
        #expect(run.statistics.notSampledCount == 800 - run.exchanges.count)
        // The hash must never change, or samples of different versions would not be the same.
        var hash = RequestHash(tag: "openai.chat", target: "/")
        for byte in "{}".utf8 { withUnsafeBytes(of: byte) { hash.combine($0) } }
        #expect(hash.value == 7014502639611949020)
    }

    @Test(
        "samples what ends before its request does by as much of it as has come",
        arguments: ExchangeEnd.allCases
    )
    func samplingParts(end: ExchangeEnd) async throws {
        var configuration = CaptureConfiguration()
        configuration.sampleRate = 0.25
        let run = try await withCapture(configuration) { capture in
            for index in 0..<800 {
                var exchange = capture.begin(
                    method: "POST",
                    target: "/v1/embeddings",
                    headers: HTTPHeaders()
                )
                Array("\(index % 400)".utf8).withUnsafeBytes { exchange?.requestBody($0) }
                switch end {
                case .answered:
                    exchange?.responseHead(status: 400, headers: HTTPHeaders())
                    exchange?.end()
                case .aborted: exchange?.abort()
                case .letGo: break
                }
            }
            await capture.drain()
            #expect(capture.budget.usedByteCount == 0)
        }
        let first = run.exchanges.prefix(run.exchanges.count / 2).map(\.request.text)
        #expect(first + first == run.exchanges.map(\.request.text))
        #expect((60...140).contains(first.count))
        #expect(run.statistics.notSampledCount == 800 - run.exchanges.count)
        #expect(run.statistics.openCount == (end == .answered ? 0 : run.exchanges.count))
        // The same are taken where the request is whole.
        let whole = try await withCapture(configuration) { capture in
            for index in 0..<400 {
                pass(capture, target: "/v1/embeddings", request: Array("\(index)".utf8))
            }
        }
        #expect(whole.exchanges.map(\.request.text) == first)
    }

    @Test("samples requests without a body by their target", arguments: [true, false])
    func samplingTargets(isWhole: Bool) async throws {
        var configuration = CaptureConfiguration()
        configuration.sampleRate = 0.25
        configuration.storedQueryNames = ["i"]
        let run = try await withCapture(configuration) { capture in
            for index in 0..<800 {
                let target = "/v1/responses?i=\(index % 400)"
                var exchange = capture.begin(method: "GET", target: target, headers: HTTPHeaders())
                if isWhole { exchange?.requestEnd() }
                exchange?.responseHead(status: 200, headers: HTTPHeaders())
                exchange?.end()
            }
        }
        let taken = run.exchanges.map { $0.extra?["http"]?["query"]?["i"]?.string }
        let first = taken.prefix(taken.count / 2)
        #expect(Array(first + first) == taken)
        #expect((60...140).contains(first.count))
    }
}
#endif
