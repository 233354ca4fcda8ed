#if HTTP
import Hummingbird
import Logging
import NIOCore
import Tapedeck
import TapedeckReplay

/// Answers over a real socket what a server inside the test answers, and takes a part of its latency to do so.
struct NoisySocketServer {
    /// The latencies are seconds. A hundredth is still more than what the sockets add.
    private static let haste: UInt64 = 100

    /// Runs servers while `body` works, each on a port that the system gives.
    static func with<Result: Sendable>(
        _ servers: [NoisyServer],
        _ body: @Sendable @escaping ([Int]) async throws -> Result
    ) async throws -> Result {
        try await withThrowingTaskGroup(of: Void.self) { group in
            var ports: [Int] = []
            for server in servers {
                let (stream, continuation) = AsyncStream.makeStream(of: Int.self)
                group.addTask {
                    defer { continuation.finish() }
                    try await application(server) { continuation.yield($0) }.run()
                }
                for await port in stream {
                    ports.append(port)
                    break
                }
            }
            defer { group.cancelAll() }
            return try await body(ports)
        }
    }

    private static func application(
        _ server: NoisyServer,
        onListening: @escaping @Sendable (Int) -> Void
    ) -> some ApplicationProtocol {
        let router = Router()
        router.post("**") { request, _ in
            let receipt = ContinuousClock.now
            let body = try await request.body.collect(upTo: 64 << 20)
            let result = await server.send(
                ReplayRequest(method: "POST", path: request.uri.string, body: Array(body.readableBytesView))
            )
            let latency = Duration.nanoseconds(Int64(clamping: result.latencyNanoseconds / haste))
            try await Task.sleep(until: receipt + latency, tolerance: .zero)
            return response(result.response)
        }
        return Application(
            router: router,
            configuration: .init(address: .hostname("127.0.0.1", port: 0)),
            onServerRunning: { channel in if let port = channel.localAddress?.port { onListening(port) } },
            logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
        )
    }

    private static func response(_ response: ServerResponse) -> Response {
        var bytes = ByteBuffer()
        if response.framing == .sse {
            for event in response.body?.elements.map(\.text) ?? [] { bytes.writeString("data: \(event)\n\n") }
            if response.isDone == true { bytes.writeString("data: [DONE]\n\n") }
        } else {
            bytes.writeString(response.body?.text ?? "")
        }
        return Response(
            status: .init(code: response.status ?? 500),
            headers: [.contentType: response.framing == .sse ? "text/event-stream" : "application/json"],
            body: .init(byteBuffer: bytes)
        )
    }
}
#endif
