#if HTTP
import Dispatch
import Glibc
import CoreMetrics
import Logging
import NIOCore
import Synchronization
import Tapedeck

@testable import TapedeckHTTP

/// What a test that ran a proxy learns.
struct ProxyRun<Result: Sendable>: Sendable {
    let result: Result
    let exchanges: [RecordedExchange]
    let statistics: CaptureStatistics
}

/// Runs a proxy in front of `server`, and `body` on a thread of its own, where it may block.
func withProxy<Result: Sendable>(
    _ server: StandInServer,
    configuration: CaptureConfiguration = CaptureConfiguration(),
    options: ProxyOptions = ProxyOptions(),
    recorderOptions: CaptureRecorder.Options = CaptureRecorder.Options(),
    _ body: @escaping @Sendable (_ port: Int) throws -> Result
) async throws -> ProxyRun<Result> {
    try await withProxy(
        upstream: "http://127.0.0.1:\(server.port)",
        configuration: configuration,
        options: options,
        recorderOptions: recorderOptions,
        body
    )
}

func withProxy<Result: Sendable>(
    upstream: String,
    configuration: CaptureConfiguration = CaptureConfiguration(),
    options: ProxyOptions = ProxyOptions(),
    recorderOptions: CaptureRecorder.Options = CaptureRecorder.Options(),
    logger: Logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() },
    _ body: @escaping @Sendable (_ port: Int) throws -> Result
) async throws -> ProxyRun<Result> {
    try await withCapture(configuration, recorderOptions: recorderOptions) { capture in
        var options = options
        options.port = 0
        options.threadCount = 1
        options.gracePeriod = min(options.gracePeriod, .seconds(5))
        let (ports, continuation) = AsyncStream.makeStream(of: Int.self)
        let proxy = RecordingProxy(
            upstream: try UpstreamAddress(upstream),
            capture: capture,
            options: options,
            logger: logger,
            onListening: { _, port in continuation.yield(port) }
        )
        let running = Task {
            defer { continuation.finish() }
            try await proxy.run()
        }
        guard let port = await ports.first(where: { _ in true }) else {
            try await running.value
            throw TestSocket.Failure("listen")
        }
        let outcome = await blocking { try body(port) }
        running.cancel()
        try await running.value
        return try outcome.get()
    }
}

/// Makes a capture into a new store, and reads back what it stored.
func withCapture<Result: Sendable>(
    _ configuration: CaptureConfiguration = CaptureConfiguration(),
    clock: CaptureClock = .system,
    recorderOptions: CaptureRecorder.Options = CaptureRecorder.Options(),
    metrics: any MetricsFactory = NOOPMetricsHandler.instance,
    logger: Logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() },
    _ body: (HTTPCapture) async throws -> Result
) async throws -> ProxyRun<Result> {
    try await withNewStore { store in
        let recorder = try CaptureRecorder(store: store, options: recorderOptions)
        let capture = HTTPCapture(
            recorder: recorder,
            configuration: configuration,
            clock: clock,
            metrics: metrics,
            logger: logger
        )
        let result = try await body(capture)
        await capture.drain()
        try await recorder.shutdown()
        // What the recorder did is counted now.
        await capture.drain()
        let reader = try ReplayReader(store: store)
        var exchanges: [RecordedExchange] = []
        while let exchange = try reader.next() { exchanges.append(exchange) }
        return ProxyRun(result: result, exchanges: exchanges, statistics: capture.statistics)
    }
}

/// Runs what may block on a thread of its own.
func blocking<Result: Sendable>(
    _ body: @escaping @Sendable () throws -> Result
) async -> Swift.Result<Result, any Error> {
    await withCheckedContinuation { continuation in
        DispatchQueue(label: "test").async { continuation.resume(returning: Swift.Result { try body() }) }
    }
}
#endif
