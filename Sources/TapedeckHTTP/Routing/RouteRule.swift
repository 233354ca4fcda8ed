internal import Tapedeck

/// A rule that tells which requests are captured, and under which protocol tag.
///
/// ```swift
/// let rule = RouteRule(path: "/v2/models/*/infer", protocol: "kserve.infer")
/// ```
public struct RouteRule: Sendable, Hashable {
    /// The path that it is for, with or without a slash at its end. A `*` stands for one segment, whatever it is.
    public var path: String
    /// The tag of the exchanges.
    public var `protocol`: String

    /// Makes a rule.
    ///
    /// - Parameters:
    ///   - path: the path that it is for, with `*` for any one segment.
    ///   - protocol: the tag of the exchanges.
    public init(path: String, protocol: String) {
        self.path = path
        self.protocol = `protocol`
    }

    /// The well-known paths of model servers: of OpenAI, Anthropic, KServe and Ollama.
    public static let wellKnown = WellKnownRoute.all.map { RouteRule(path: $0.path, protocol: $0.protocol) }
}
