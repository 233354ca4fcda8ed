internal import TapedeckJSON

/// Writes exchanges in the line format's exact form: compact, the five members in their order, LF at the end.
enum ExchangeLineFormatter {
    /// Appends one line.
    /// - Parameters:
    ///   - line: The exchange. Payloads and further members are valid JSON, which is not looked at again; the protocol
    ///     is UTF-8 without escapes.
    ///   - target: What to append to.
    static func append(_ line: ExchangeSlices, to target: inout [UInt8]) {
        let payloadByteCount = line.request.count + (line.response?.count ?? 0) + (line.extra?.count ?? 0)
        grow(&target, by: payloadByteCount + line.protocol.count + 160)
        append("{\"recv_ts_ns\":", to: &target)
        append(line.receivedNanoseconds, to: &target)
        append(",\"latency_ns\":", to: &target)
        if let latency = line.latencyNanoseconds {
            append(UInt128(latency), to: &target)
        } else {
            append("null", to: &target)
        }
        append(",\"protocol\":", to: &target)
        JSONStringContent.appendQuoted(line.protocol, to: &target)
        append(",\"request\":", to: &target)
        target.append(contentsOf: line.request)
        append(",\"response\":", to: &target)
        if let response = line.response {
            target.append(contentsOf: response)
        } else {
            append("null", to: &target)
        }
        if let extra = line.extra { appendMembers(of: extra, to: &target) }
        append("}\n", to: &target)
    }

    /// Appends what stands between an object's braces, after a comma.
    private static func appendMembers(of object: UnsafeRawBufferPointer, to target: inout [UInt8]) {
        let members = object.dropFirst().dropLast()
        if members.isEmpty { return }
        target.append(0x2C)
        target.append(contentsOf: members)
    }

    private static func append(_ text: StaticString, to target: inout [UInt8]) {
        target.append(contentsOf: UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
    }

    private static func append(_ number: UInt128, to target: inout [UInt8]) {
        // A division of 128 bits is slow; a time of this era fits 64.
        guard var rest = UInt64(exactly: number) else {
            target.append(contentsOf: "\(number)".utf8)
            return
        }
        let start = target.count
        repeat {
            target.append(0x30 | UInt8(truncatingIfNeeded: rest % 10))
            rest /= 10
        } while rest > 0
        target[start...].reverse()
    }

    /// Makes room for a line at once, and still doubles the room when lines add up.
    private static func grow(_ target: inout [UInt8], by count: Int) {
        let needed = target.count + count
        if needed > target.capacity { target.reserveCapacity(max(needed, target.capacity * 2)) }
    }
}
