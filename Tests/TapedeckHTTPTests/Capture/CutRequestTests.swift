#if HTTP
import Hummingbird
import HummingbirdTesting
import NIOCore
import Tapedeck
import Testing

@testable import TapedeckHTTP

@Suite("A request that was answered before it was whole")
struct CutRequestTests {
    private static func isCut(_ exchange: RecordedExchange?) -> JSONText? {
        exchange?.extra?["http"]?["request_cut"]
    }

    @Test("is marked by a proxy, and one that is whole is not")
    func proxy() async throws {
        let server = try StandInServer { socket in
            let head = try socket.receive(until: "\r\n\r\n")
            if head.contains("GET ") { return try socket.send(StandInServer.json("{}")) }
            if head.contains("Content-Length: 5\r\n") { try socket.receiveBody(of: head) }
            try socket.send(StandInServer.json("{}", status: "401 Unauthorized"))
            _ = try socket.receiveAll()
        }
        for (request, expected) in [
            ("POST /v1/embeddings HTTP/1.1\r\nHost: t\r\nContent-Length: 20\r\n\r\n12345", true),
            ("POST /v1/embeddings HTTP/1.1\r\nHost: t\r\nContent-Length: 5\r\n\r\n12345", nil),
            ("GET /v1/embeddings HTTP/1.1\r\nHost: t\r\n\r\n", nil),
        ] as [(String, JSONText?)] {
            let run = try await withProxy(server) { port in
                let client = try TestSocket(port: port)
                try client.send(request)
                return try client.receiveResponse().body
            }
            #expect(run.result == "{}")
            #expect(run.exchanges.count == 1)
            #expect(Self.isCut(run.exchanges.first) == expected, "\(request)")
        }
    }

    @Test("is marked by the middleware, where the handler did not read it", arguments: [true, false])
    func middleware(hasBody: Bool) async throws {
        let run = try await withCapture { capture in
            let router = Router()
            router.add(middleware: CaptureMiddleware(capture))
            router.on("/v1/embeddings", method: hasBody ? .post : .get) { _, _ in "x" }
            let application = Application(router: router)
            return try await application.test(.live) { client in
                let body = hasBody ? ByteBuffer(string: "{}") : nil
                try await client.execute(uri: "/v1/embeddings", method: hasBody ? .post : .get, body: body) {
                    _ in
                }
            }
        }
        #expect(run.exchanges.count == 1)
        #expect(Self.isCut(run.exchanges.first) == (hasBody ? true : nil))
    }
}
#endif
