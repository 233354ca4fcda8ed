#if HTTP
public import NIOCore

/// How a ``RecordingProxy`` listens, and how long it waits.
///
/// Times are looked at once a second, so that they may be exceeded by that much.
public struct ProxyOptions: Sendable {
    /// The address to listen on, a name or a number.
    public var host = "127.0.0.1"
    /// The port to listen on; 0 lets the system choose.
    public var port = 8080
    /// How long to wait for a connection to the upstream; then the client gets the status 504.
    public var connectTimeout = TimeAmount.seconds(10)
    /// How long the upstream may be silent in the middle of an exchange, before its response and within, or take nothing
    /// of a request that is there. Before the response's head the client then gets the status 504; after it, its
    /// connection is cut.
    public var upstreamTimeout = TimeAmount.minutes(10)
    /// How long a client may be silent between requests or within one, or take nothing of a response that is there,
    /// before its connection is closed. While a response comes it may take its time with the rest of its request.
    public var clientTimeout = TimeAmount.seconds(75)
    /// How long a connection to the upstream is kept for the next request. The default is shorter than the five seconds
    /// after which some servers close: a request that meets a closing connection fails, unless it may be repeated.
    public var upstreamIdleTimeout = TimeAmount.seconds(4)
    /// The most connections of clients at a time, 1 or more. Further ones wait to be accepted.
    public var maximumConnectionCount = 10_000
    /// How long what is under way may take to end once the proxy is to stop.
    public var gracePeriod = TimeAmount.seconds(30)
    /// The number of threads, 1 or more; nil for one for each core.
    public var threadCount: Int?
    /// A file of certificates (PEM) to trust when the upstream is `https`; nil for those that the system trusts.
    public var trustedCertificatesPath: String?

    /// Makes the default options.
    public init() {}
}
#endif
