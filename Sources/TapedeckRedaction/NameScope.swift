/// Where in a part of an exchange rules that name a member count.
///
/// They are meant for bodies, query items and headers. What a capture says of HTTP itself has members such as `status` and
/// `path`, too, without which nobody knows how a response was sent.
enum NameScope: Sendable {
    case everywhere
    /// The members beyond the five.
    case extraMembers
    /// The member `http`.
    case http
    case nowhere

    private static let structuralNames: Set<String> = [
        "method", "path", "request_cut", "request_encoding", "status", "content_type", "response_encoding",
        "failure", "failure_ns", "proxy_status", "framing",
        "event_names", "event_ns", "done", "events",
    ]

    /// The scope for a part as a whole.
    init(_ part: RedactionRule.Part) {
        self = part == .extra ? .extraMembers : .everywhere
    }

    /// The scope for a member, its own name included.
    func scope(of name: String) -> NameScope {
        switch self {
        case .everywhere, .nowhere: self
        case .extraMembers: name == "http" ? .http : .everywhere
        case .http: Self.structuralNames.contains(name) ? .nowhere : .everywhere
        }
    }
}
