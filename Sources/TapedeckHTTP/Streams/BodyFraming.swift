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
        guard var contentType else {
            self = .none
            return
        }
        // For every response: nothing is allocated.
        self = contentType.withUTF8 { bytes in
            let type = bytes.prefix { $0 != 0x3B && $0 != 0x20 }
            func isNamed(_ name: StaticString) -> Bool {
                guard type.count == name.utf8CodeUnitCount else { return false }
                return name.withUTF8Buffer { $0.elementsEqual(type) { $0 == $1 | 0x20 } }
            }
            if isNamed("text/event-stream") { return .sse }
            let isLines =
                isNamed("application/x-ndjson") || isNamed("application/ndjson")
                || isNamed("application/jsonl") || isNamed("application/x-jsonlines")
            return isLines ? .ndjson : .none
        }
    }
}
#endif
