#if HTTP
internal import AsyncHTTPClient
internal import NIOCore
internal import NIOHTTP1
public import TapedeckReplay

/// Sends requests to a server over HTTP/1.1.
///
/// ```swift
/// let transport = try HTTPTransport("http://127.0.0.1:8001")
/// let replayer = Replayer(store: store, targets: ReplayTargets(candidate: transport), results: file, run: run)
/// try await replayer.replay()
/// try await transport.shutdown()
/// ```
///
/// Requests go to that server alone: a redirection is an answer, and is not followed. Nothing is sent twice: a
/// connection that ends before the answer is a failure.
public final class HTTPTransport: ReplayTransport {
    /// How requests are sent.
    public struct Options: Sendable {
        /// How long to wait for a connection, in nanoseconds.
        public var connectTimeoutNanoseconds: UInt64 = 10_000_000_000
        /// How long to wait for an answer, or for the next part of one, in nanoseconds.
        public var timeoutNanoseconds: UInt64 = 600_000_000_000
        /// How long the whole answer may take, in nanoseconds. It is looked at whenever a part of the answer comes.
        public var answerLimitNanoseconds: UInt64 = 3_600_000_000_000
        /// The largest body of an answer that is read, in bytes, decoded.
        public var bodyLimitByteCount = 64 << 20
        /// How many connections are kept, 1 or more: as many as requests are under way at once.
        public var connectionCount = 8
        /// A file of certificates (PEM) to trust instead of the system's.
        public var trustedCertificatesPath: String?

        /// The defaults.
        public init() {}
    }

    private let client: HTTPClient
    private let base: String
    private let bodyLimit: Int
    private let answerLimit: UInt64
    private let clock: any ReplayClock

    /// Prepares to send.
    ///
    /// - Parameters:
    ///   - target: the server, `http://` or `https://`, a host and perhaps a port.
    ///   - options: how requests are sent.
    ///   - clock: what measures latencies.
    /// - Throws: ``HTTPCaptureError`` with the code `invalidAddress` or `invalidCertificates`.
    public init(
        _ target: String,
        options: Options = Options(),
        clock: any ReplayClock = SystemClock()
    ) throws(HTTPCaptureError) {
        let address = try UpstreamAddress(target)
        guard address.pathPrefix.isEmpty else {
            throw HTTPCaptureError(
                .invalidAddress,
                "the target must have no path, as each exchange has its own; '--route' changes it"
            )
        }
        base = "\(address.isSecure ? "https" : "http")://\(address.authority)"
        bodyLimit = options.bodyLimitByteCount
        answerLimit = options.answerLimitNanoseconds
        self.clock = clock
        let configuration = try ClientConfiguration.make(
            address,
            connectTimeoutNanoseconds: options.connectTimeoutNanoseconds,
            timeoutNanoseconds: options.timeoutNanoseconds,
            connectionCount: options.connectionCount,
            trustedCertificatesPath: options.trustedCertificatesPath
        )
        client = HTTPClient(eventLoopGroupProvider: .singleton, configuration: configuration)
    }

    /// Closes the connections. Nothing can be sent after that.
    ///
    /// - Throws: what kept a connection from being closed.
    public func shutdown() async throws {
        try await client.shutdown()
    }

    /// Sends a request and reads the whole answer, event by event where it is a stream.
    public func send(_ request: ReplayRequest) async -> TransportResult {
        let start = clock.nanoseconds
        var reading = ResponseReading(bodyLimit: bodyLimit)
        do {
            let response = try await client.execute(outgoing(request), deadline: .distantFuture)
            reading.begin(status: Int(response.status.code), headers: response.headers)
            for try await part in response.body {
                let offset = clock.nanoseconds - start
                guard reading.take(part, at: offset) else { break }
                // A server that has nothing to say but that it is still there would be listened to for ever.
                if offset > answerLimit {
                    reading.fail(.timedOut)
                    break
                }
            }
        } catch {
            reading.fail(TransportFailure.failure(error))
        }
        let latency = clock.nanoseconds - start
        return TransportResult(response: reading.response(at: latency), latencyNanoseconds: latency)
    }

    private func outgoing(_ request: ReplayRequest) -> HTTPClientRequest {
        var outgoing = HTTPClientRequest(url: base + request.path)
        outgoing.method = .init(rawValue: request.method)
        for header in request.headers { outgoing.headers.add(name: header.name, value: header.value) }
        if !request.body.isEmpty { outgoing.body = .bytes(ByteBuffer(bytes: request.body)) }
        return outgoing
    }
}
#endif
