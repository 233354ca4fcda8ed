public import TapedeckJSON

/// One request to a model server and the response that it got.
///
/// ```swift
/// let exchange = RecordedExchange.now(
///     protocol: "openai.chat",
///     request: ["model": "gpt-4o", "messages": []],
///     response: ["choices": []],
///     latencyNanoseconds: 812_000_000
/// )
/// ```
///
/// The texts of an exchange that was read lie in one piece of memory, which is kept as long as any of them. To keep a small one
/// alone, copy it: `try JSONText(utf8: text.utf8)`.
public struct RecordedExchange: Sendable, Hashable {
    /// When the request was received, in nanoseconds since 1970-01-01 00:00:00 UTC.
    public var receivedNanoseconds: UInt128
    /// From receipt until the response was sent, in nanoseconds; nil when it never was.
    public var latencyNanoseconds: UInt64?
    /// A free tag for the kind of traffic, such as `openai.chat`.
    public var `protocol`: String
    /// The request's body.
    public var request: JSONText
    /// The response's body; nil for an exchange that failed or was captured in mid-flight. Such an exchange is *open*.
    /// Setting it to JSON `null` sets it to none, as in the line format.
    public var response: JSONText? {
        didSet { if response?.isNull == true { response = nil } }
    }
    /// What a line has beyond its five members; nil for nothing.
    public var extra: ExtraMembers?

    /// Makes an exchange.
    ///
    /// A response of JSON `null` means the same as none, as in the line format, and is kept as nil.
    ///
    /// - Parameters:
    ///   - receivedNanoseconds: when the request was received, in nanoseconds since 1970-01-01 00:00:00 UTC.
    ///   - latencyNanoseconds: from receipt until the response was sent, in nanoseconds; nil when it never was.
    ///   - protocol: a free tag for the kind of traffic.
    ///   - request: the request's body.
    ///   - response: the response's body, nil for none.
    ///   - extra: further members to keep with it.
    public init(
        receivedNanoseconds: UInt128,
        latencyNanoseconds: UInt64? = nil,
        protocol: String,
        request: JSONText,
        response: JSONText? = nil,
        extra: ExtraMembers? = nil
    ) {
        self.receivedNanoseconds = receivedNanoseconds
        self.latencyNanoseconds = latencyNanoseconds
        self.protocol = `protocol`
        self.request = request
        self.response = response.flatMap { $0.isNull ? nil : $0 }
        self.extra = extra
    }

    /// Makes an exchange that is received now.
    ///
    /// - Parameters:
    ///   - protocol: a free tag for the kind of traffic.
    ///   - request: the request's body.
    ///   - response: the response's body, nil for none.
    ///   - latencyNanoseconds: from receipt until the response was sent, in nanoseconds; nil when it never was.
    ///   - clock: what tells the time. The default is the system's clock; a test gives its own.
    /// - Returns: the exchange.
    public static func now(
        protocol: String,
        request: JSONText,
        response: JSONText? = nil,
        latencyNanoseconds: UInt64? = nil,
        clock: WallClock = .system
    ) -> RecordedExchange {
        RecordedExchange(
            receivedNanoseconds: clock.nanoseconds(),
            latencyNanoseconds: latencyNanoseconds,
            protocol: `protocol`,
            request: request,
            response: response
        )
    }

    /// Whether the exchange has no response.
    public var isOpen: Bool { response == nil }
}
