#if HTTP
internal import TapedeckJSON

/// The extra member `http` of a captured exchange.
///
/// Its members, in this order, each left out where there is nothing to say: `method`, `path`, `query`,
/// `request_headers`, `status`, `content_type`, `response_headers`, `framing`; for streams `event_names` (one for each
/// event, null for none; only if any has one), `event_ns` (one for each event, from receipt) and `done`; for an open
/// exchange `events`, the data of those that came. `request_encoding` and `response_encoding` name a content coding
/// that could not be taken off, so that the body stands there as it was sent.
struct HTTPMember {
    private let captured: CapturedExchange
    private var stream: EventCollector?
    var framing: BodyFraming
    var requestEncoding: String?
    var responseEncoding: String?
    var openEvents: JSONText?

    init(_ captured: CapturedExchange) {
        var captured = captured
        // What is written here needs no bodies; holding on to them would copy them.
        captured.requestBody = []
        captured.responseBody = []
        self.captured = captured
        framing = captured.framing
    }

    mutating func take(_ stream: EventCollector) {
        self.stream = stream
    }

    /// The member's value.
    var text: JSONText {
        var members: [(name: String, value: JSONText)] = [
            ("method", JSONText(string: captured.method)), ("path", JSONText(string: captured.path)),
        ]
        Self.append(captured.query, as: "query", to: &members)
        Self.append(captured.requestHeaders, as: "request_headers", to: &members)
        if let requestEncoding { members.append(("request_encoding", JSONText(string: requestEncoding))) }
        if let status = captured.status { members.append(("status", JSONText(integer: status))) }
        if let type = captured.contentType { members.append(("content_type", JSONText(string: type))) }
        Self.append(captured.responseHeaders, as: "response_headers", to: &members)
        if let responseEncoding { members.append(("response_encoding", JSONText(string: responseEncoding))) }
        members.append(("framing", JSONText(string: framing.rawValue)))
        if let stream { Self.append(stream, to: &members) }
        if let openEvents { members.append(("events", openEvents)) }
        return JSONText(unlimitedObject: members)
    }

    private static func append(_ stream: EventCollector, to members: inout [(name: String, value: JSONText)])
    {
        if stream.events.contains(where: { $0.name != nil }) {
            let names = stream.events.map { $0.name.map { JSONText(string: $0) } ?? .null }
            members.append(("event_names", JSONText(array: names)))
        }
        let offsets = stream.events.map { String($0.offsetNanoseconds) }.joined(separator: ",")
        members.append(("event_ns", Array("[\(offsets)]".utf8).withUnsafeBytes { JSONText(trusted: $0) }))
        members.append(("done", stream.hasDone ? true : false))
    }

    private static func append(
        _ pairs: [(name: String, value: String)],
        as name: String,
        to members: inout [(name: String, value: JSONText)]
    ) {
        guard !pairs.isEmpty else { return }
        members.append((name, JSONText(object: pairs.map { ($0.name, JSONText(string: $0.value)) })))
    }
}
#endif
