#if HTTP
/// Collects the events of a response's body, piece by piece.
struct EventCollector {
    private var eventParser: ServerSentEventParser?
    private var lineSplitter: LineSplitter?
    private(set) var events: [StreamEvent] = []
    /// Whether the stream said `[DONE]`, which is no event of its own.
    private(set) var hasDone = false

    /// - Parameter framing: how the body is divided; where it is not, there is nothing to collect.
    init?(_ framing: BodyFraming) {
        switch framing {
        case .sse: eventParser = ServerSentEventParser()
        case .ndjson: lineSplitter = LineSplitter(endsAtCarriageReturn: false)
        case .none: return nil
        }
    }

    mutating func feed(_ bytes: UnsafeRawBufferPointer, at offsetNanoseconds: UInt64) {
        let knownCount = events.count
        eventParser?.feed(bytes, at: offsetNanoseconds, into: &events)
        lineSplitter?.feed(bytes) { Self.take($0, at: offsetNanoseconds, into: &events) }
        let isDone = { (event: StreamEvent) in event.data.elementsEqual("[DONE]".utf8) }
        // Only what is new: a stream that says it with each piece would be looked through as often.
        guard events[knownCount...].contains(where: isDone) else { return }
        hasDone = true
        let rest = events[knownCount...].filter { !isDone($0) }
        events.replaceSubrange(knownCount..., with: rest)
    }

    /// Takes a last line that has no line feed. Of server-sent events, what no empty line ended is none.
    mutating func finish(at offsetNanoseconds: UInt64) {
        lineSplitter?.rest.withUnsafeBytes { Self.take($0, at: offsetNanoseconds, into: &events) }
    }

    /// A line without its carriage return is an event, unless it is blank.
    private static func take(
        _ line: UnsafeRawBufferPointer,
        at time: UInt64,
        into events: inout [StreamEvent]
    ) {
        let line = line.last == 0x0D ? line.dropLast() : line[...]
        guard line.contains(where: { $0 != 0x20 && $0 != 0x09 }) else { return }
        events.append(StreamEvent(name: nil, data: Array(line), offsetNanoseconds: time))
    }
}
#endif
