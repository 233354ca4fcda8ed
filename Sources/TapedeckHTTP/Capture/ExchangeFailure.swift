#if HTTP
/// Why an exchange failed: what kept its response from being sent in full, or an error that a whole one tells.
///
/// Its raw value is what the member `failure` of the stored member `http` says. Those of the upstream are also the codes in the
/// answers that the proxy itself gives.
public enum ExchangeFailure: String, Sendable, Hashable, CaseIterable {
    /// The client ended its connection, or broke off its request.
    case clientLeft = "client_left"
    /// The client was silent, or took nothing of its response, for too long.
    case clientTimeout = "client_timeout"
    /// There was no connection to the upstream.
    case upstreamUnreachable = "upstream_unreachable"
    /// The upstream did not take a connection in time.
    case upstreamConnectTimeout = "upstream_connect_timeout"
    /// There was no secure connection to the upstream.
    case upstreamInsecure = "upstream_insecure"
    /// The upstream closed its connection within an exchange, or did not answer in HTTP/1.1.
    case upstreamFailed = "upstream_failed"
    /// The upstream was silent for too long.
    case upstreamTimeout = "upstream_timeout"
    /// The server's own handler failed, and made no response of its error.
    case serverFailed = "server_failed"
    /// The proxy was to end, and the exchange took longer than the grace period.
    case shutdown
    /// The response was sent in full, and one of its stream's events tells an error. The exchange is not open.
    case streamError = "stream_error"

    /// Whether it is the client that did not stay to the end.
    public var isOfClient: Bool {
        switch self {
        case .clientLeft, .clientTimeout: true
        default: false
        }
    }

    /// Whether it is the server behind the proxy, or the way to it.
    public var isOfUpstream: Bool {
        switch self {
        case .upstreamUnreachable, .upstreamConnectTimeout, .upstreamInsecure, .upstreamFailed,
            .upstreamTimeout:
            true
        default: false
        }
    }

    /// Whether there was no connection to the upstream, which is no matter of one request.
    var isAboutConnecting: Bool {
        switch self {
        case .upstreamUnreachable, .upstreamConnectTimeout, .upstreamInsecure: true
        default: false
        }
    }
}
#endif
