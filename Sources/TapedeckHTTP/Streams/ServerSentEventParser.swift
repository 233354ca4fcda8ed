#if HTTP
/// Finds the events in a stream of `text/event-stream`, wherever its pieces end.
///
/// It follows the WHATWG's HTML standard, 9.2.6: lines end at CR, LF or CRLF, a byte order mark may stand before the
/// first, several `data` lines are joined by line feeds, comments and unknown fields are passed over, an event without
/// data is none, and neither is what no empty line ends. `id` and `retry`, which concern reconnecting, are not kept.
struct ServerSentEventParser {
    private var lines = LineSplitter(endsAtCarriageReturn: true)
    private var isFirstLine = true
    private var data: [UInt8] = []
    private var hasData = false
    private var name: String?

    /// Takes a piece of the stream.
    ///
    /// - Parameters:
    ///   - bytes: the piece.
    ///   - offsetNanoseconds: when it came, in nanoseconds from receipt of the request.
    ///   - events: gets the events that it completes.
    mutating func feed(
        _ bytes: UnsafeRawBufferPointer,
        at offsetNanoseconds: UInt64,
        into events: inout [StreamEvent]
    ) {
        var lines = LineSplitter(endsAtCarriageReturn: true)
        swap(&lines, &self.lines)
        lines.feed(bytes) { take($0, at: offsetNanoseconds, into: &events) }
        swap(&lines, &self.lines)
    }

    private mutating func take(
        _ line: UnsafeRawBufferPointer,
        at time: UInt64,
        into events: inout [StreamEvent]
    ) {
        var line = line[...]
        if isFirstLine {
            isFirstLine = false
            if line.starts(with: [0xEF, 0xBB, 0xBF]) { line = line.dropFirst(3) }
        }
        guard let first = line.first else { return dispatch(at: time, into: &events) }
        if first == 0x3A { return }
        let colon = line.firstIndex(of: 0x3A) ?? line.endIndex
        var value = line[colon...].dropFirst()
        if value.first == 0x20 { value = value.dropFirst() }
        if line[..<colon].elementsEqual("data".utf8) {
            if hasData { data.append(0x0A) }
            hasData = true
            data.append(contentsOf: value)
        } else if line[..<colon].elementsEqual("event".utf8) {
            name = value.isEmpty ? nil : String(decoding: value, as: UTF8.self)
        }
    }

    private mutating func dispatch(at time: UInt64, into events: inout [StreamEvent]) {
        if hasData { events.append(StreamEvent(name: name, data: data, offsetNanoseconds: time)) }
        data = []
        hasData = false
        name = nil
    }
}
#endif
