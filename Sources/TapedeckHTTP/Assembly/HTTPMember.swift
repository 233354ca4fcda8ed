#if HTTP
internal import Tapedeck
internal import TapedeckJSON

/// The extra member `http` of a captured exchange.
///
/// Its members, in this order, each left out where there is nothing to say: `method`, `path`, `query`,
/// `request_headers`, `request_cut` (true where the request is not whole), `status`, `content_type`, `response_headers`,
/// `failure` (why it failed), `failure_ns` (when, from receipt), `proxy_status` (what the client got from the
/// proxy itself), `framing`; for streams `event_names` (one for each event, null for none; only if any has one), `event_ns`
/// (one for each event, from receipt) and `done`; for an open exchange `events`, the data of those that came.
/// `request_encoding` and `response_encoding` name a content coding that could not be taken off, so that the body stands
/// there as it was sent.
struct HTTPMember {
    private var stream: EventCollector?
    var framing: BodyFraming
    var requestEncoding: String?
    var responseEncoding: String?
    var openEvents: JSONText?

    init(framing: BodyFraming) {
        self.framing = framing
    }

    mutating func take(_ stream: EventCollector) {
        self.stream = stream
    }

    /// The extra members of an exchange, which are this one.
    ///
    /// - Parameter captured: the exchange. Its bodies do not matter.
    /// - Returns: the members.
    func extra(of captured: CapturedExchange) -> ExtraMembers {
        var extra = ObjectText(byteCount: 192)
        extra.append("http") { bytes in bytes.append(contentsOf: text(of: captured)) }
        return ExtraMembers(object: JSONText(padding: extra.end()))
    }

    private func text(of captured: CapturedExchange) -> [UInt8] {
        var object = ObjectText(byteCount: 160)
        object.append("method", string: captured.method)
        object.append("path", string: captured.path)
        object.append("query", strings: captured.query)
        object.append("request_headers", strings: captured.requestHeaders)
        if captured.isRequestCut { object.append("request_cut", true) }
        if let requestEncoding { object.append("request_encoding", string: requestEncoding) }
        if let status = captured.status { object.append("status", integer: status) }
        if let type = captured.contentType { object.append("content_type", string: type) }
        object.append("response_headers", strings: captured.responseHeaders)
        if let responseEncoding { object.append("response_encoding", string: responseEncoding) }
        if let failure = captured.failure {
            object.append("failure", string: failure.cause.rawValue)
            object.append("failure_ns", integer: Int(clamping: failure.offsetNanoseconds))
            if let status = failure.proxyStatus { object.append("proxy_status", integer: status) }
        }
        object.append("framing", string: framing.rawValue)
        if let stream { Self.append(stream, to: &object) }
        if let openEvents { object.append("events") { $0.append(contentsOf: openEvents.utf8) } }
        return object.end()
    }

    private static func append(_ stream: EventCollector, to object: inout ObjectText) {
        if stream.events.contains(where: { $0.name != nil }) {
            object.append("event_names", array: stream.events) { event, bytes in
                if let name = event.name {
                    JSONStringContent.appendQuoted(name.utf8, to: &bytes)
                } else {
                    bytes.append(contentsOf: "null".utf8)
                }
            }
        }
        object.append("event_ns", array: stream.events) { event, bytes in
            bytes.append(contentsOf: String(event.offsetNanoseconds).utf8)
        }
        object.append("done", stream.hasDone)
    }
}
#endif
