#if HTTP
/// How a response's body is divided into events.
enum BodyFraming: String, Sendable {
    /// It is one piece.
    case none
    /// Server-sent events, as the WHATWG's HTML standard defines them.
    case sse
    /// One JSON value a line.
    case ndjson

    /// - Parameter contentType: the value of the header `Content-Type`.
    init(contentType: String?) {
        let type = contentType?.prefix { $0 != ";" && $0 != " " }.lowercased()
        switch type {
        case "text/event-stream": self = .sse
        case "application/x-ndjson", "application/ndjson", "application/jsonl", "application/x-jsonlines":
            self = .ndjson
        default: self = .none
        }
    }
}
#endif
