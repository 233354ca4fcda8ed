/// What of a line is known so far.
struct ExchangeLineDraft {
    var seen: UInt8 = 0
    var receivedNanoseconds: UInt128 = 0
    var latencyNanoseconds: UInt64?
    var `protocol` = UnsafeRawBufferPointer(start: nil, count: 0)
    var isProtocolEscaped = false
    var request = UnsafeRawBufferPointer(start: nil, count: 0)
    var response: UnsafeRawBufferPointer?

    func has(_ member: ExchangeLineMember) -> Bool {
        seen & 1 << member.rawValue != 0
    }
}
