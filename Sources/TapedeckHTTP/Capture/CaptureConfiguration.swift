#if HTTP
/// What of the HTTP traffic is captured, and how much of it.
///
/// ```swift
/// var configuration = CaptureConfiguration()
/// configuration.routes.insert(RouteRule(path: "/generate", protocol: "own.generate"), at: 0)
/// configuration.storedHeaders = ["x-request-id"]
/// ```
public struct CaptureConfiguration: Sendable {
    /// Which requests are captured, and under which tag; of the rules that match the first counts. The default are the
    /// well-known paths. A tag that ``RouteRule/isTag(_:)`` does not take is wrong use: a capture traps.
    public var routes = RouteRule.wellKnown
    /// The largest body that is captured, in bytes, decoded; 1 or more. What is larger passes uncaptured.
    public var bodyLimitByteCount = 16 << 20
    /// The bytes that all captures may hold together, from when they begin until the recorder has them; 1 or more. What does
    /// not fit passes uncaptured. Each holds its bodies, the texts that are stored beside them, and 1 KiB.
    public var inFlightLimitByteCount = 256 << 20
    /// The names of headers to store, of requests and responses; case does not matter. The names in
    /// ``neverStoredHeaders`` are not stored even when they stand here.
    public var storedHeaders: Set<String> = []
    /// The names of query items whose values to store. Of others not even the name is stored.
    public var storedQueryNames: Set<String> = []
    /// The share of requests to capture, 0 to 1.
    ///
    /// It is decided by a hash of the tag and the request's body as it was sent, so that a body is always captured or
    /// never, by every process that has the same share. Where the exchange ends before its request does, because the
    /// client goes away or the answer comes early, as much of the body as has come decides; where there is none, the
    /// request's target does.
    public var sampleRate = 1.0

    /// Makes the default configuration.
    public init() {}

    /// The headers that carry credentials. They are never stored.
    public static let neverStoredHeaders: Set<String> = [
        "authorization", "proxy-authorization", "cookie", "set-cookie", "x-api-key", "api-key",
    ]

    /// The names to store, in lower case and in order.
    var allowedHeaders: [String] {
        Set(storedHeaders.map { $0.lowercased() }).subtracting(Self.neverStoredHeaders).sorted()
    }
}
#endif
