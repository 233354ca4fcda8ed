internal import TapedeckJSON

/// Writes exchanges in the line format's exact form: compact, the five members in their order, LF at the end.
enum ExchangeLineFormatter {
    /// Appends one line.
    ///
    /// - Parameters:
    ///   - line: The exchange. Payloads and further members are valid JSON, which is not looked at again; the protocol
    ///     is UTF-8 without escapes.
    ///   - target: What to append to.
    static func append(_ line: ExchangeSlices, to target: inout ByteBuffer) {
        target.append("{\"recv_ts_ns\":")
        append(line.receivedNanoseconds, to: &target)
        target.append(",\"latency_ns\":")
        if let latency = line.latencyNanoseconds {
            append(UInt128(latency), to: &target)
        } else {
            target.append("null")
        }
        target.append(",\"protocol\":")
        appendString(line.protocol, to: &target)
        target.append(",\"request\":")
        target.append(line.request)
        target.append(",\"response\":")
        if let response = line.response {
            target.append(response)
        } else {
            target.append("null")
        }
        if let extra = line.extra { appendMembers(of: extra, to: &target) }
        target.append("}\n")
    }

    private static func appendString(_ text: UnsafeRawBufferPointer, to target: inout ByteBuffer) {
        if text.contains(where: { $0 < 0x20 || $0 == 0x22 || $0 == 0x5C }) {
            var quoted: [UInt8] = []
            JSONStringContent.appendQuoted(text, to: &quoted)
            return quoted.withUnsafeBytes { target.append($0) }
        }
        target.append(0x22)
        target.append(text)
        target.append(0x22)
    }

    /// Appends what stands between an object's braces, after a comma.
    private static func appendMembers(of object: UnsafeRawBufferPointer, to target: inout ByteBuffer) {
        guard object.count > 2 else { return }
        target.append(0x2C)
        target.append(UnsafeRawBufferPointer(rebasing: object[1..<object.count - 1]))
    }

    private static func append(_ number: UInt128, to target: inout ByteBuffer) {
        // A division of 128 bits is slow; a time of this era fits 64.
        guard var rest = UInt64(exactly: number) else {
            var digits = "\(number)"
            return digits.withUTF8 { target.append(UnsafeRawBufferPointer($0)) }
        }
        withUnsafeTemporaryAllocation(byteCount: 20, alignment: 1) { digits in
            var start = digits.count
            repeat {
                start -= 1
                digits[start] = 0x30 | UInt8(truncatingIfNeeded: rest % 10)
                rest /= 10
            } while rest > 0
            target.append(UnsafeRawBufferPointer(rebasing: digits[start...]))
        }
    }
}
