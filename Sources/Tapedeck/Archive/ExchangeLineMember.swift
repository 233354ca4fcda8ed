/// The five members of the line format.
enum ExchangeLineMember: UInt8, CaseIterable, Sendable, CustomStringConvertible {
    case received, latency, `protocol`, request, response

    var name: StaticString {
        switch self {
        case .received: "recv_ts_ns"
        case .latency: "latency_ns"
        case .protocol: "protocol"
        case .request: "request"
        case .response: "response"
        }
    }

    var description: String { "\(name)" }

    /// Whether a line without the member is an error.
    var isRequired: Bool {
        switch self {
        case .received, .protocol, .request: true
        case .latency, .response: false
        }
    }

    /// The member of that name, if it is one of the five.
    init?(name: UnsafeRawBufferPointer) {
        guard let base = name.baseAddress else { return nil }
        for member in Self.allCases where member.name.utf8CodeUnitCount == name.count {
            let own = UnsafeRawBufferPointer(start: member.name.utf8Start, count: name.count)
            if own.elementsEqual(UnsafeRawBufferPointer(start: base, count: name.count)) {
                self = member
                return
            }
        }
        return nil
    }
}
