#if HTTP
import Hummingbird
import HummingbirdTesting
import NIOCore
import Tapedeck
import TapedeckJSON
import TapedeckTestSupport
import Testing

@testable import TapedeckHTTP

@Suite("The middleware", .fewAtATime)
struct CaptureMiddlewareTests {
    private struct Broken: Error {}

    private static func run(_ path: String, _ body: String) async throws -> ProxyRun<String> {
        try await withCapture { capture in
            let router = Router()
            router.add(middleware: CaptureMiddleware(capture))
            router.post("/v1/embeddings") { request, _ in
                let body = try await request.body.collect(upTo: 1 << 20)
                return Response(
                    status: .ok,
                    headers: [.contentType: "application/json"],
                    body: .init(byteBuffer: body)
                )
            }
            router.post("/v1/chat/completions") { _, _ in
                Response(
                    status: .ok,
                    headers: [.contentType: "text/event-stream"],
                    body: .init { writer in
                        try await writer.write(ByteBuffer(string: "data: 1\n\nda"))
                        try await writer.write(ByteBuffer(string: "ta: 2\n\ndata: [DONE]\n\n"))
                        try await writer.finish(nil)
                    }
                )
            }
            router.post("/v1/messages") { _, _ -> Response in throw HTTPError(.badRequest, message: "no") }
            router.post("/v1/responses") { _, _ -> Response in throw Broken() }
            router.post("/other") { _, _ in "x" }
            let application = Application(router: router)
            return try await application.test(.live) { client in
                try await client.execute(uri: path, method: .post, body: ByteBuffer(string: body)) {
                    response in
                    "\(response.status.code) " + String(buffer: response.body)
                }
            }
        }
    }

    @Test(
        "marks a request that the handler did not read, and none that has no body",
        arguments: [true, false]
    )
    func unread(hasBody: Bool) async throws {
        let run = try await withCapture { capture in
            let router = Router()
            router.add(middleware: CaptureMiddleware(capture))
            router.on("/v1/embeddings", method: hasBody ? .post : .get) { _, _ in "x" }
            let application = Application(router: router)
            return try await application.test(.live) { client in
                let body = hasBody ? ByteBuffer(string: "{}") : nil
                try await client.execute(
                    uri: "/v1/embeddings",
                    method: hasBody ? .post : .get,
                    body: body
                ) { _ in }
            }
        }
        #expect(run.exchanges.count == 1)
        #expect(run.exchanges.first?.extra?["http"]?["request_cut"] == (hasBody ? true : nil))
    }

    @Test("captures a response as it is sent")
    func whole() async throws {
        let run = try await Self.run("/v1/embeddings?secret=1", #"{"input":1.10}"#)
        #expect(run.result == #"200 {"input":1.10}"#)
        let exchange = try #require(run.exchanges.first)
        #expect(exchange.protocol == "openai.embedding" && exchange.latencyNanoseconds != nil)
        #expect(exchange.request.text == #"{"input":1.10}"# && exchange.response?.text == #"{"input":1.10}"#)
        #expect(exchange.extra?["http"]?["path"]?.string == "/v1/embeddings")
    }

    @Test("captures a streamed response")
    func stream() async throws {
        let run = try await Self.run("/v1/chat/completions", "{}")
        #expect(run.result == "200 data: 1\n\ndata: 2\n\ndata: [DONE]\n\n")
        #expect(run.exchanges.first?.response?.text == "[1,2]")
        #expect(run.exchanges.first?.extra?["http"]?["done"]?.text == "true")
    }

    @Test("captures an error as its response, and one that has none as an open exchange")
    func errors() async throws {
        let refused = try await Self.run("/v1/messages", "{}")
        #expect(refused.result.hasPrefix("400 "))
        #expect(refused.exchanges.first?.extra?["http"]?["status"]?.text == "400")
        #expect(refused.exchanges.first.map { refused.result == "400 \($0.response?.text ?? "")" } == true)
        let broken = try await Self.run("/v1/responses", "{}")
        #expect(broken.result.hasPrefix("500 "))
        #expect(broken.exchanges.map(\.isOpen) == [true])
        #expect(
            broken.failures == [.init("server_failed")] && refused.failures == [.init(nil, status: "400")]
        )
    }

    @Test("says that the client left, where it did", arguments: [true, false])
    func clientLeft(isWithinRequest: Bool) async throws {
        let run = try await withCapture { capture in
            let router = Router()
            router.add(middleware: CaptureMiddleware(capture))
            router.post("/v1/embeddings") { request, _ in
                _ = try await request.body.collect(upTo: 1 << 20)
                return Response(
                    status: .ok,
                    body: .init { writer in
                        while true { try await writer.write(ByteBuffer(repeating: 0x61, count: 65_536)) }
                    }
                )
            }
            try await Application(router: router).test(.live) { client in
                let port = try #require(client.port)
                try await blocking {
                    let socket = try TestSocket(port: port)
                    let length = isWithinRequest ? 100 : 2
                    try socket.send(
                        "POST /v1/embeddings HTTP/1.1\r\nHost: t\r\nContent-Length: \(length)\r\n\r\n{}"
                    )
                    if !isWithinRequest { _ = try socket.receive(until: "aaaa") }
                }.get()
            }
        }
        #expect(run.failures == [.init("client_left", status: isWithinRequest ? nil : "200")])
    }

    @Test("captures nothing that no rule is for")
    func other() async throws {
        let run = try await Self.run("/other", "{}")
        #expect(run.result == "200 x" && run.exchanges.isEmpty)
    }
}
#endif
