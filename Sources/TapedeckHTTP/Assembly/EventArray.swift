#if HTTP
internal import TapedeckJSON

/// A streamed response as one JSON value.
enum EventArray {
    /// The array of the events' data.
    static func text(_ events: [StreamEvent]) -> JSONText {
        var bytes: [UInt8] = [0x5B]
        for event in events {
            if bytes.count > 1 { bytes.append(0x2C) }
            bytes.append(contentsOf: BodyText.element(of: event.data).utf8)
        }
        bytes.append(0x5D)
        return bytes.withUnsafeBytes { JSONText(trusted: $0) }
    }
}
#endif
