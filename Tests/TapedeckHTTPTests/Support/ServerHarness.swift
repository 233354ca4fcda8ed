#if HTTP
import Glibc
import Logging
import Tapedeck
import TapedeckReplay

@testable import TapedeckHTTP

/// What a test that ran a stand-in learns.
struct ServerRun<Result: Sendable>: Sendable {
    let result: Result
    let statistics: ReplayServer.Statistics
}

/// Runs a stand-in with these exchanges, and `body` on a thread of its own, where it may block.
func withServer<Result: Sendable>(
    _ exchanges: [RecordedExchange],
    filter: ExchangeFilter = ExchangeFilter(),
    clock: any ReplayClock = NotedClock(),
    options: (inout ReplayServer.Options) -> Void = { _ in },
    _ body: @escaping @Sendable (_ port: Int) throws -> Result
) async throws -> ServerRun<Result> {
    try await withNewStore { store in
        let writer = try RecordingWriter(store: store)
        for exchange in exchanges { try writer.write(exchange) }
        try writer.flush()

        var settings = ReplayServer.Options()
        settings.port = 0
        options(&settings)
        let (ports, continuation) = AsyncStream.makeStream(of: Int.self)
        let server = ReplayServer(
            store: store,
            filter: filter,
            options: settings,
            clock: clock,
            logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() },
            onListening: { _, port in continuation.yield(port) }
        )
        let running = Task {
            defer { continuation.finish() }
            try await server.run()
        }
        guard let port = await ports.first(where: { _ in true }) else {
            try await running.value
            throw TestSocket.Failure("listen")
        }
        let outcome = await blocking { try body(port) }
        running.cancel()
        try await running.value
        return ServerRun(result: try outcome.get(), statistics: server.statistics)
    }
}
#endif
