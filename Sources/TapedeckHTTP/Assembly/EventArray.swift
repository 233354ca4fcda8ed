#if HTTP
internal import TapedeckJSON

/// A streamed response as one JSON value.
enum EventArray {
    /// The array of the events' data.
    static func text(_ events: [StreamEvent]) -> JSONText {
        lines(of: events).flatMap { JSONText(elements: $0, count: events.count) }
            ?? JSONText(array: events.map { BodyText.element(of: $0.data) })
    }

    /// What `JSONText(elements:count:)` wants; nil if there are no events.
    private static func lines(of events: [StreamEvent]) -> [UInt8]? {
        if events.isEmpty { return nil }
        var bytes: [UInt8] = []
        let byteCount = events.reduce(1) { $0 + $1.data.count + 1 }
        bytes.reserveCapacity(byteCount + JSONText.paddingByteCount)
        bytes.append(0x5B)
        for event in events {
            bytes.append(contentsOf: event.data)
            bytes.append(0x0A)
        }
        return bytes
    }
}
#endif
