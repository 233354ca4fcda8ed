#if HTTP
internal import AsyncHTTPClient
internal import HTTPTypes
internal import Hummingbird
internal import NIOCore
internal import NIOHTTP1
internal import TapedeckReplay

/// Passes requests that the store cannot answer on to a server, and its answers back as they come.
final class MissForwarder: Sendable {
    private let client: HTTPClient
    private let base: String

    /// - Throws: ``HTTPCaptureError`` with the code `invalidCertificates`.
    init(_ upstream: UpstreamAddress, _ options: ReplayServer.Options) throws(HTTPCaptureError) {
        base = "\(upstream.isSecure ? "https" : "http")://\(upstream.authority)\(upstream.pathPrefix)"
        let configuration = try ClientConfiguration.make(
            upstream,
            connectTimeoutNanoseconds: options.connectTimeoutNanoseconds,
            timeoutNanoseconds: options.upstreamTimeoutNanoseconds,
            connectionCount: options.maximumConnectionCount,
            trustedCertificatesPath: options.trustedCertificatesPath
        )
        client = HTTPClient(eventLoopGroupProvider: .singleton, configuration: configuration)
    }

    func shutdown() async throws {
        try await client.shutdown()
    }

    /// Sends a request on.
    ///
    /// - Parameters:
    ///   - request: the request's head.
    ///   - body: its body, as it came.
    /// - Returns: the answer, or one that says that there is none.
    func forward(_ request: HTTPRequest, _ body: ByteBuffer) async -> Response {
        var outgoing = HTTPClientRequest(url: base + (request.path ?? "/"))
        outgoing.method = HTTPMethod(rawValue: request.method.rawValue)
        let fields = request.headerFields.map { ($0.name.rawName, $0.value) }
        outgoing.headers = Self.passing(HTTPHeaders(fields))
        if body.readableBytes > 0 { outgoing.body = .bytes(body) }
        do {
            let response = try await client.execute(outgoing, deadline: .distantFuture)
            var headers = HTTPFields()
            for (name, value) in Self.passing(response.headers) {
                if let name = HTTPField.Name(name) { headers.append(HTTPField(name: name, value: value)) }
            }
            let length = response.headers.first(name: "content-length").flatMap { Int($0) }
            let answer = ResponseBody(contentLength: length) { writer in
                for try await part in response.body { try await writer.write(part) }
                try await writer.finish(nil)
            }
            return Response(
                status: .init(code: Int(response.status.code), reasonPhrase: response.status.reasonPhrase),
                headers: headers,
                body: answer
            )
        } catch {
            let failure: FailureResponse =
                switch TransportFailure.failure(error) {
                case .refused: .unreachable
                case .timedOut: .timedOut
                case .cut, .invalid: .failed
                }
            return Response(
                status: .init(code: Int(failure.status.code)),
                headers: [.contentType: "application/json"],
                body: ResponseBody(byteBuffer: ByteBuffer(string: failure.body))
            )
        }
    }

    /// Without what concerns one hop alone, and without the host, which becomes the upstream's.
    private static func passing(_ headers: HTTPHeaders) -> HTTPHeaders {
        let forwarded = ForwardedHeaders(headers)
        return HTTPHeaders(
            headers.filter { forwarded.passes($0.name) && $0.name.lowercased() != "host" }.map {
                ($0.name, $0.value)
            }
        )
    }
}
#endif
