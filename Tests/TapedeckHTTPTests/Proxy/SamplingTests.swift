#if HTTP
import Dispatch
import Hummingbird
import HummingbirdTesting
import NIOCore
import Tapedeck
import TapedeckTestSupport
import Testing

@testable import TapedeckHTTP

/// The smallest share that is not nothing takes none of these requests, unless something forgets to ask.
@Suite("A sample leaves out", .fewAtATime)
struct SamplingTests {
    private static var configuration: CaptureConfiguration {
        var configuration = CaptureConfiguration()
        configuration.sampleRate = 0x1p-63
        return configuration
    }

    private static let head =
        "POST /v1/chat/completions HTTP/1.1\r\nHost: t\r\nContent-Length: 1000\r\n\r\n"

    @Test("requests that were answered before they were whole")
    func answeredEarly() async throws {
        let server = try StandInServer { socket in
            _ = try socket.receive(until: "begin")
            try socket.send(StandInServer.json("{}", status: "413 Content Too Large"))
            _ = try socket.receiveAll()
        }
        let run = try await withProxy(server, configuration: Self.configuration) { port in
            let client = try TestSocket(port: port)
            try client.send(Self.head + "begin")
            return try client.receiveResponse().head
        }
        #expect(run.result.hasPrefix("HTTP/1.1 413 "))
        #expect(run.exchanges.isEmpty && run.statistics.notSampledCount == 1)
    }

    @Test("requests whose client went away")
    func aborted() async throws {
        let upstreamSawEnd = DispatchSemaphore(value: 0)
        let server = try StandInServer { socket in
            _ = try socket.receive(until: "begin")
            _ = try socket.receiveAll()
            upstreamSawEnd.signal()
        }
        let run = try await withProxy(server, configuration: Self.configuration) { port in
            try TestSocket(port: port).send(Self.head + "begin")
            return upstreamSawEnd.wait(timeout: .now() + 20) == .success
        }
        #expect(run.result)
        #expect(run.exchanges.isEmpty && run.statistics.notSampledCount == 1)
    }

    @Test("requests that a handler did not read", arguments: ["/v1/embeddings", "/v1/messages"])
    func unread(path: String) async throws {
        let run = try await withCapture(Self.configuration) { capture in
            let router = Router()
            router.add(middleware: CaptureMiddleware(capture))
            router.post("/v1/embeddings") { _, _ in "x" }
            router.post("/v1/messages") { _, _ -> Response in throw HTTPError(.unauthorized) }
            return try await Application(router: router).test(.live) { client in
                try await client.execute(uri: path, method: .post, body: ByteBuffer(string: "{}")) {
                    Int($0.status.code)
                }
            }
        }
        #expect(run.result == (path == "/v1/messages" ? 401 : 200))
        #expect(run.exchanges.isEmpty && run.statistics.notSampledCount == 1)
    }
}
#endif
