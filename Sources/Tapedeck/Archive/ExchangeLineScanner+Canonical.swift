internal import TapedeckJSON

extension ExchangeLineScanner {
    /// The straight way: the five members in their order and without white space, as every writer of the format
    /// writes them.
    /// - Returns: The byte after the fifth member; nil where anything is otherwise, so that the line must be scanned
    ///   the general way, which also finds what is wrong.
    mutating func scanCanonicalMembers(_ start: UnsafePointer<UInt8>) -> UnsafePointer<UInt8>? {
        guard var position = skip("{\"recv_ts_ns\":", at: start) else { return nil }
        let digitsEnd: UnsafePointer<UInt8>
        switch DecimalDigits.parse(position) {
        case .value(let value, let end): (draft.receivedNanoseconds, digitsEnd) = (value, end)
        case .notAnInteger, .tooLarge: return nil
        }
        guard let latency = skip(",\"latency_ns\":", at: digitsEnd) else { return nil }
        if let end = skip("null", at: latency) {
            position = end
        } else {
            guard case .value(let value, let end) = DecimalDigits.parse(latency),
                let nanoseconds = UInt64(exactly: value)
            else { return nil }
            draft.latencyNanoseconds = nanoseconds
            position = end
        }
        guard let tag = skip(",\"protocol\":\"", at: position) else { return nil }
        let tagEnd = json.endOfPlainCharacters(tag)
        draft.protocol = UnsafeRawBufferPointer(start: tag, count: tagEnd - tag)
        guard let request = skip("\",\"request\":", at: tagEnd), let requestEnd = json.skipValue(request)
        else {
            return nil
        }
        draft.request = UnsafeRawBufferPointer(start: request, count: requestEnd - request)
        guard let response = skip(",\"response\":", at: requestEnd), let end = json.skipValue(response) else {
            return nil
        }
        if response[0] != 0x6E {
            draft.response = UnsafeRawBufferPointer(start: response, count: end - response)
        }
        draft.seen = 0b11111
        return end
    }

    /// The byte after `text` if it stands at `start`. `text` has 4 to 16 bytes.
    ///
    /// Two words, which overlap where they must, cover the text; those of the literal are constants in the end.
    @inline(__always)
    private func skip(_ text: StaticString, at start: UnsafePointer<UInt8>) -> UnsafePointer<UInt8>? {
        let count = text.utf8CodeUnitCount
        let width = count < 8 ? 4 : 8
        let own = text.utf8Start
        let difference: UInt64
        if width == 4 {
            let (head, tail) = (
                word32(start) ^ word32(own), word32(start + count - 4) ^ word32(own + count - 4)
            )
            difference = UInt64(head | tail)
        } else {
            let (head, tail) = (
                word64(start) ^ word64(own), word64(start + count - 8) ^ word64(own + count - 8)
            )
            difference = head | tail
        }
        return difference == 0 ? start + count : nil
    }

    @inline(__always)
    private func word32(_ position: UnsafePointer<UInt8>) -> UInt32 {
        UnsafeRawPointer(position).loadUnaligned(as: UInt32.self)
    }

    @inline(__always)
    private func word64(_ position: UnsafePointer<UInt8>) -> UInt64 {
        UnsafeRawPointer(position).loadUnaligned(as: UInt64.self)
    }
}
