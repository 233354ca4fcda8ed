#if HTTP
internal import TapedeckJSON
internal import TapedeckReplay

/// A recorded stream as the bytes of its events.
struct AnswerStream: Sendable {
    /// How events are divided.
    private enum Framing {
        case events
        case lines
    }

    private let framing: Framing
    private let events: JSONText
    private let isCaptured: Bool
    private let names: [String?]
    /// When each event is sent, in nanoseconds from receipt of the request; empty where that is not known.
    let eventNanoseconds: [UInt64]
    /// Whether it says at its end that it is done.
    let isDone: Bool

    /// The media type where none was recorded.
    var contentType: String { framing == .events ? "text/event-stream" : "application/x-ndjson" }

    /// Takes a response that was streamed; nil for another.
    ///
    /// Without the member `http` the shapes decide: an array that answers a request with `"stream": true` was streamed, in
    /// lines by Ollama and else as server-sent events. Events that say their own `type` have it as their name; chunks that
    /// have `choices` end with `[DONE]`.
    init?(_ response: JSONText, _ http: CapturedHTTP?, request: JSONText, tag: String) {
        guard response.kind == .array else { return nil }
        events = response
        isCaptured = http != nil
        guard let http else {
            guard request["stream"]?.text == "true" else { return nil }
            framing = tag.hasPrefix("ollama.") ? .lines : .events
            let types = response.elements.map { $0["choices"] == nil ? $0["type"]?.string : nil }
            names = framing == .events ? types : []
            isDone = framing == .events && response[0]?["choices"] != nil
            eventNanoseconds = []
            return
        }
        switch http.framing {
        case .none: return nil
        case .sse: framing = .events
        case .ndjson: framing = .lines
        }
        names = http.eventNames
        isDone = http.isDone ?? false
        let count = response.count ?? 0
        eventNanoseconds = http.eventNanoseconds.count == count ? http.eventNanoseconds : []
    }

    /// The events as they go over the wire, each made when it is asked for.
    func pieces() -> some Sequence<[UInt8]> {
        events.elements.lazy.enumerated().map { index, event in
            piece(
                index < names.count ? names[index] : nil,
                RequestBody.bytes(of: event, isCaptured: isCaptured)
            )
        }
    }

    /// What follows the last event; nil for nothing.
    var end: [UInt8]? { isDone ? piece(nil, Array("[DONE]".utf8)) : nil }

    private func piece(_ name: String?, _ data: [UInt8]) -> [UInt8] {
        guard framing == .events else { return data + [0x0A] }
        var piece: [UInt8] = []
        if let name, name.utf8.allSatisfy({ $0 != 0x0A && $0 != 0x0D }) {
            piece += Array("event: \(name)\n".utf8)
        }
        for line in data.split(separator: 0x0A, omittingEmptySubsequences: false) {
            piece += Array("data: ".utf8)
            piece += line
            piece.append(0x0A)
        }
        piece.append(0x0A)
        return piece
    }
}
#endif
