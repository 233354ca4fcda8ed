#if HTTP
internal import NIOHTTP1

/// What a client gets from the proxy itself. Its body has the form that clients of model servers expect of errors.
struct FailureResponse {
    let status: HTTPResponseStatus
    let code: String
    /// Why the exchange got no answer from the upstream; nil where none was asked for.
    let failure: ExchangeFailure?
    let body: String

    private init(_ status: HTTPResponseStatus, _ failure: ExchangeFailure, _ message: String) {
        self.init(status, failure.rawValue, message, failure: failure)
    }

    private init(
        _ status: HTTPResponseStatus,
        _ code: String,
        _ message: String,
        failure: ExchangeFailure? = nil
    ) {
        self.status = status
        self.code = code
        self.failure = failure
        body = #"{"error":{"message":"tapedeck: \#(message)","type":"recorder_error","code":"\#(code)"}}"#
    }

    static let badRequest = Self(.badRequest, "bad_request", "the request is not valid HTTP/1.1")
    static let ambiguousLength = Self(
        .badRequest,
        "ambiguous_length",
        "the request's length is ambiguous: it has Content-Length and Transfer-Encoding, or a coding besides chunked"
    )
    static let noHost = Self(.badRequest, "bad_host", "the request must have one header Host")
    static let tooLargeHead = Self(
        .requestHeaderFieldsTooLarge,
        "headers_too_large",
        "the request's head is too large"
    )
    static let noTunnels = Self(.notImplemented, "no_tunnels", "CONNECT is not supported")
    static let unreachable = Self(.badGateway, .upstreamUnreachable, "the upstream cannot be reached")
    static let connectTimedOut = Self(
        .gatewayTimeout,
        .upstreamConnectTimeout,
        "the upstream did not take the connection in time"
    )
    static let insecure = Self(
        .badGateway,
        .upstreamInsecure,
        "there is no secure connection to the upstream: its certificate is not trusted, or it does not speak TLS"
    )
    static let failed = Self(
        .badGateway,
        .upstreamFailed,
        "the upstream closed the connection, or did not answer in HTTP/1.1"
    )
    static let timedOut = Self(.gatewayTimeout, .upstreamTimeout, "the upstream did not answer in time")

    /// The response's head.
    var head: HTTPResponseHead {
        HTTPResponseHead(
            version: .http1_1,
            status: status,
            headers: ["Content-Type": "application/json", "Content-Length": "\(body.utf8.count)"]
        )
    }
}
#endif
