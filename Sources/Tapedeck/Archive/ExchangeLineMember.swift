<<<<<<<< HEAD:Sources/Tapedeck/Archive/ExchangeLineMember.swift
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
========
/// One scanned line of an archive: its members as slices of the line, nothing copied that can be pointed at.
///
/// Valid until the scanner scans again and while the line's bytes live.
struct ExchangeLine {
    var receivedNanoseconds: UInt128
    var latencyNanoseconds: UInt64?
    /// UTF-8 with escapes resolved.
    var `protocol`: UnsafeRawBufferPointer
    var request: UnsafeRawBufferPointer
    /// Nil where the member is missing or null.
    var response: UnsafeRawBufferPointer?
    /// The members beyond the five as a JSON object, each byte for byte from its name to the end of its value.
    var extra: UnsafeRawBufferPointer?
>>>>>>>> f0565ac64fcbac7169292e92084c9830676b48a9:Sources/Tapedeck/Archive/ExchangeLine.swift
}
