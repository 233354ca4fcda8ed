package import TapedeckJSON

/// What a capture kept of HTTP, read from the extra member `http` of an exchange.
///
/// A store may come from anywhere: what is not of the form that a capture writes makes the whole member malformed.
package struct CapturedHTTP: Sendable, Hashable {
    /// The method.
    package var method = "POST"
    /// The path, without a query.
    package var path: String?
    /// The stored items of the query, `name=value`, percent-encoded as they came.
    package var query: [String] = []
    /// The stored headers of the request that a store may decide.
    package var requestHeaders: [ReplayRequest.Header] = []
    /// Whether the request is not whole: it was answered, or given up, before all of it had come.
    package var isRequestCut = false
    /// The content coding that the request's body still has.
    package var requestEncoding: String?
    /// The status of the response.
    package var status: Int?
    /// The media type of the response.
    package var contentType: String?
    /// The content coding that the response's body still has.
    package var responseEncoding: String?
    /// How the response was divided into events.
    package var framing = ServerResponse.Framing.none
    /// The events' names, one for each; empty where no event has one.
    package var eventNames: [String?] = []
    /// When each event came, in nanoseconds from receipt of the request.
    package var eventNanoseconds: [UInt64] = []
    /// Whether the stream said that it is done.
    package var isDone: Bool?

    /// Reads the member; nil where it is malformed.
    ///
    /// - Parameter member: the member's value.
    package init?(_ member: JSONText) {
        guard member.kind == .object else { return nil }
        for (name, value) in member.members {
            guard take(name, value) else { return nil }
        }
    }

    private mutating func take(_ name: String, _ value: JSONText) -> Bool {
        switch name {
        case "method":
            guard let text = value.string, HeaderRules.isName(text) else { return false }
            method = text
        case "path":
            guard let text = value.string, RequestPath.isValid(text) else { return false }
            path = text
        case "query": return takeQuery(value)
        case "request_headers": return takeHeaders(value)
        case "request_encoding": return Self.take(value, as: &requestEncoding)
        case "response_encoding": return Self.take(value, as: &responseEncoding)
        case "content_type": return Self.take(value, as: &contentType)
        case "request_cut":
            guard value.kind == .boolean else { return false }
            isRequestCut = value.text == "true"
        case "status":
            guard let number = Int(value.text), (100...999).contains(number) else { return false }
            status = number
        case "framing":
            guard let known = value.string.flatMap(ServerResponse.Framing.init) else { return false }
            framing = known
        case "event_names":
            guard value.kind == .array else { return false }
            eventNames = value.elements.map(\.string)
        case "event_ns":
            guard value.kind == .array else { return false }
            let times = value.elements.map { UInt64($0.text) }
            guard !times.contains(nil) else { return false }
            eventNanoseconds = times.compactMap { $0 }
        case "done":
            guard value.kind == .boolean else { return false }
            isDone = value.text == "true"
        default: break
        }
        return true
    }

    private static func take(_ value: JSONText, as target: inout String?) -> Bool {
        guard let text = value.string, HeaderRules.isValue(text) else { return false }
        target = text
        return true
    }

    private mutating func takeHeaders(_ value: JSONText) -> Bool {
        guard value.kind == .object else { return false }
        for (name, value) in value.members {
            guard let text = value.string, HeaderRules.isName(name), HeaderRules.isValue(text) else {
                return false
            }
            if HeaderRules.mayBeStored(name) { requestHeaders.append(ReplayRequest.Header(name, text)) }
        }
        return true
    }

    private mutating func takeQuery(_ value: JSONText) -> Bool {
        guard value.kind == .object else { return false }
        for (name, value) in value.members {
            guard let text = value.string else { return false }
            let item = text.isEmpty ? name : "\(name)=\(text)"
            guard RequestPath.isValid("/?\(item)") else { return false }
            query.append(item)
        }
        return true
    }
}
