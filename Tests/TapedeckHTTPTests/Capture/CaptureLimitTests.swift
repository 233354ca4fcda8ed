#if HTTP
import NIOHTTP1
import Tapedeck
import TapedeckTestSupport
import Testing

@testable import TapedeckHTTP

@Suite("The limits of a capture", .fewAtATime)
struct CaptureLimitTests {
    @Test("passes over what is too large, decoded or not, and counts it")
    func limits() async throws {
        var configuration = CaptureConfiguration()
        configuration.bodyLimitByteCount = 12
        let run = try await withCapture(configuration) { capture in
            pass(capture, response: Array(#""123456789ab""#.utf8))
            pass(capture, response: Array(#""123456789a""#.utf8))
            // What was given up holds nothing.
            #expect(capture.budget.usedByteCount < 2 * CapturedExchange.overheadByteCount)
        }
        #expect(run.exchanges.count == 1 && run.statistics.tooLargeCount == 1)
    }

    @Test("gives back what all captures together held, and counts what found no room")
    func budget() async throws {
        var configuration = CaptureConfiguration()
        configuration.inFlightLimitByteCount = CapturedExchange.overheadByteCount + 512
        let run = try await withCapture(configuration) { capture in
            var first = capture.begin(method: "POST", target: "/v1/messages", headers: HTTPHeaders())
            withUnsafeBytes(of: UInt32(0x3131_3131)) { first?.requestBody($0) }
            pass(capture)
            first?.abort()
            await capture.drain()
            #expect(capture.budget.usedByteCount == 0)
            pass(capture)
        }
        #expect(run.statistics.noRoomCount == 1)
        #expect(run.exchanges.map(\.request.text) == ["1111", "{}"])
    }

    @Test("counts of the budget what an exchange takes beside its bodies", arguments: [0, 4000])
    func budgetWithoutBodies(headerByteCount: Int) async throws {
        var configuration = CaptureConfiguration()
        configuration.storedHeaders = ["x"]
        configuration.inFlightLimitByteCount = 10_000
        let headers: HTTPHeaders =
            headerByteCount > 0 ? ["x": String(repeating: "x", count: headerByteCount)] : [:]
        let run = try await withCapture(configuration) { capture in
            var held: [SharedCapture] = []
            for _ in 0..<20 {
                guard let begun = capture.begin(method: "GET", target: "/v1/responses", headers: headers)
                else { continue }
                held.append(SharedCapture(begun))
            }
            for exchange in held { exchange.abort(because: .serverFailed, CancellationError()) }
            await capture.drain()
            #expect(capture.budget.usedByteCount == 0)
        }
        // 1 KiB each, and what their texts have.
        #expect(run.exchanges.count == (headerByteCount > 0 ? 1 : 9))
        #expect(run.exchanges.count + run.statistics.noRoomCount == 20)
    }

    @Test("logs the first exchange that finds no room, how many they were, and the first that is too large")
    func lossLog() async throws {
        var configuration = CaptureConfiguration()
        configuration.bodyLimitByteCount = 4
        configuration.inFlightLimitByteCount = 4 * CapturedExchange.overheadByteCount
        let lines = LogLines()
        _ = try await withCapture(configuration, logger: lines.logger()) { capture in
            for _ in 0..<2 { pass(capture, request: Array("123456".utf8)) }
            #expect(lines.all.count == 1)
            #expect(
                lines.all.first?.contains("a body exceeds the limit") == true
                    && lines.all.first?.contains("too_large") == true
            )
            for round in 1...2 {
                var held: [SharedCapture] = []
                for _ in 0..<8 {
                    guard
                        let begun = capture.begin(
                            method: "GET",
                            target: "/v1/responses",
                            headers: HTTPHeaders()
                        )
                    else { continue }
                    held.append(SharedCapture(begun))
                }
                #expect(lines.all.count == 2 * round)
                #expect(
                    lines.all.last?.hasPrefix(
                        "warning: exchanges pass uncaptured: captures hold too many bytes "
                    ) == true
                )
                for exchange in held { exchange.abort(because: .serverFailed, CancellationError()) }
                await capture.drain()
                #expect(lines.all.last?.hasPrefix("notice: exchanges are captured again") == true)
                #expect(lines.all.last?.contains(#""uncaptured": 5"#) == true, "\(lines.all)")
            }
        }
        #expect(lines.all.count == 5)
    }
}
#endif
