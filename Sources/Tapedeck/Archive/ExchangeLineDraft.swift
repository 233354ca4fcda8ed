/// What of a line is known so far.
struct ExchangeLineDraft {
    var seen: UInt8 = 0
    var receivedNanoseconds: UInt128 = 0
    var latencyNanoseconds: UInt64?
    var `protocol` = UnsafeRawBufferPointer(start: nil, count: 0)
    var isProtocolEscaped = false
    var request = UnsafeRawBufferPointer(start: nil, count: 0)
    var response: UnsafeRawBufferPointer?

    /// Whether all members are there that a line must have: the time, the protocol and the request.
    var isComplete: Bool { seen & 0b01101 == 0b01101 }

    func has(_ member: ExchangeLineMember) -> Bool {
        seen & 1 << member.rawValue != 0
    }
}
