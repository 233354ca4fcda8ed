internal import Tapedeck

/// A rule that tells which requests are captured, and under which protocol tag.
///
/// ```swift
/// let rule = RouteRule(path: "/v2/models/*/infer", protocol: "kserve.infer")
/// ```
public struct RouteRule: Sendable, Hashable {
    /// The path that it is for, with or without a slash at its end. A `*` stands for one segment, whatever it is.
    public var path: String
    /// The tag of the exchanges. A capture asks for one that ``isTag(_:)`` takes, and traps otherwise; what answers from a
    /// store takes any that is there.
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

    /// Whether a tag is one that a filter can name without a trick: it is not empty, has no white space and nothing that nobody
    /// sees, such as control characters, and no `*` at its end, which stands for any tag that begins alike.
    ///
    /// The line format allows any string; this is for tags that are made up now.
    ///
    /// - Parameter tag: the tag.
    /// - Returns: whether it is.
    public static func isTag(_ tag: String) -> Bool {
        func isHidden(_ scalar: Unicode.Scalar) -> Bool {
            let properties = scalar.properties
            return properties.isWhitespace || properties.isDefaultIgnorableCodePoint
                || [.control, .format].contains(properties.generalCategory)
        }
        return !tag.isEmpty && tag.last != "*" && !tag.unicodeScalars.contains(where: isHidden)
    }

    /// The well-known paths of model servers: of OpenAI, Anthropic, KServe and Ollama.
    public static let wellKnown = WellKnownRoute.all.map { RouteRule(path: $0.path, protocol: $0.protocol) }
}
