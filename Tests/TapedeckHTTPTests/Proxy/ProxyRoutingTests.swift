#if HTTP
import Tapedeck
import TapedeckTestSupport
import Testing

@testable import TapedeckHTTP

@Suite("A proxy finds the rule for a request", .fewAtATime)
struct ProxyRoutingTests {
    /// Sends one request and tells what was captured.
    private static func run(
        upstreamPath: String = "",
        target: String,
        routes: [RouteRule] = RouteRule.wellKnown
    ) async throws -> (statistics: CaptureStatistics, tag: String?, path: String?, seen: String) {
        let server = try StandInServer { socket in
            let head = try socket.receive(until: "\r\n\r\n")
            try socket.receiveBody(of: head)
            let seen = head.split(separator: " ").dropFirst().first.map { String($0) } ?? ""
            try socket.send(StandInServer.json("\"\(seen)\""))
        }
        var configuration = CaptureConfiguration()
        configuration.routes = routes
        let run = try await withProxy(
            upstream: "http://127.0.0.1:\(server.port)\(upstreamPath)",
            configuration: configuration
        ) { port in
            try TestSocket(port: port).exchange("{}", path: target).body
        }
        let exchange = run.exchanges.first
        return (
            run.statistics, exchange?.protocol, exchange?.extra?["http"]?["path"]?.string, run.result
        )
    }

    @Test("by what the upstream gets, where its address has a path")
    func prefixed() async throws {
        let run = try await Self.run(upstreamPath: "/v1", target: "/chat/completions")
        #expect(run.seen == #""/v1/chat/completions""#)
        #expect(run.tag == "openai.chat" && run.path == "/v1/chat/completions")
        #expect(run.statistics.notMatchedCount == 0)
    }

    @Test("and by what the client sent, all the same")
    func client() async throws {
        let rule = RouteRule(path: "/generate", protocol: "own.generate")
        let run = try await Self.run(upstreamPath: "/api", target: "/generate?x=1", routes: [rule])
        #expect(run.seen == #""/api/generate?x=1""#)
        #expect(run.tag == "own.generate" && run.path == "/api/generate")
    }

    @Test("by the path of a target in absolute form")
    func absolute() async throws {
        let run = try await Self.run(target: "http://models.test/v1/embeddings?a=b")
        #expect(run.seen == #""/v1/embeddings?a=b""#)
        #expect(run.tag == "openai.embedding" && run.path == "/v1/embeddings")
    }

    @Test("and counts those that have none")
    func unmatched() async throws {
        let run = try await Self.run(target: "/healthz")
        #expect(run.tag == nil && run.statistics.notMatchedCount == 1)
    }
}
#endif
