#if HTTP
import NIOHTTP1
import Tapedeck
import TapedeckJSON
import TapedeckTestSupport
import Testing

@testable import TapedeckHTTP

@Suite("A capture of a request that is cut off", .fewAtATime)
struct RequestCutTests {
    @Test("says that a request was cut off, where one was", arguments: ExchangeEnd.allCases)
    func requestCut(end: ExchangeEnd) async throws {
        let bodies: [HTTPHeaders] = [["content-length": "5"], ["transfer-encoding": "chunked"]]
        let run = try await withCapture { capture in
            for (headers, body) in bodies.map({ ($0, "123") }) + bodies.map({ ($0, "") }) + [([:], "12")] {
                var exchange = capture.begin(method: "POST", target: "/v1/embeddings", headers: headers)
                Array(body.utf8).withUnsafeBytes { exchange?.requestBody($0) }
                Self.finish(&exchange, end)
            }
            for headers in [[:], ["content-length": "0"]] as [HTTPHeaders] {
                var exchange = capture.begin(method: "GET", target: "/v1/embeddings", headers: headers)
                Self.finish(&exchange, end)
            }
            var whole = capture.begin(method: "POST", target: "/v1/embeddings", headers: bodies[0])
            Array("12345".utf8).withUnsafeBytes { whole?.requestBody($0) }
            whole?.requestEnd()
            Self.finish(&whole, end)
        }
        let marks = run.exchanges.map { $0.extra?["http"]?["request_cut"]?.text }
        #expect(marks == Array(repeating: "true", count: 5) + [nil, nil, nil])
    }

    private static func finish(_ exchange: inout ExchangeCapture?, _ end: ExchangeEnd) {
        switch end {
        case .answered:
            exchange?.responseHead(status: 400, headers: HTTPHeaders())
            exchange?.end()
        case .aborted: exchange?.abort()
        case .letGo: exchange = nil
        }
    }
}
#endif
