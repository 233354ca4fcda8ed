internal import TapedeckJSON

extension ExchangeLineScanner {
    /// Goes on after a member, at a comma or the closing brace.
    mutating func scanMembers(
        after start: UnsafePointer<UInt8>,
        _ bounds: LineBounds
    ) throws(LineFault) -> UnsafePointer<UInt8> {
        let position = json.skipWhiteSpace(start)
        switch position[0] {
        case 0x7D: return position + 1
        case 0x2C: return try scanMembers(from: json.skipWhiteSpace(position + 1), bounds)
        default:
            _ = json.fail(.commaOrBraceExpected, at: position)
            throw bounds.fault(json.failure)
        }
    }

    /// Scans members in any order from a name to the closing brace.
    /// - Returns: The byte after the brace.
    mutating func scanMembers(
        from start: UnsafePointer<UInt8>,
        _ bounds: LineBounds
    ) throws(LineFault) -> UnsafePointer<UInt8> {
        var name = start
        while true {
            guard let value = json.skipName(name) else { throw bounds.fault(json.failure) }
            let end: UnsafePointer<UInt8>
            if let member = member(named: name) {
                if draft.has(member) { throw bounds.fault(.duplicate, member, at: name) }
                draft.seen |= 1 << member.rawValue
                end = try scanValue(of: member, value, bounds)
            } else {
                end = try scanFurtherMember(name, value, bounds)
            }
            let position = json.skipWhiteSpace(end)
            guard position[0] == 0x2C else { return try scanMembers(after: position, bounds) }
            name = json.skipWhiteSpace(position + 1)
        }
    }

    /// Which of the five members the name at `start` is, once its escapes are resolved.
    private mutating func member(named start: UnsafePointer<UInt8>) -> ExchangeLineMember? {
        var end = start + 1
        var isEscaped = false
        while end[0] != 0x22 {
            isEscaped = isEscaped || end[0] == 0x5C
            end += end[0] == 0x5C ? 2 : 1
        }
        let raw = UnsafeRawBufferPointer(start: start + 1, count: end - start - 1)
        guard isEscaped else { return ExchangeLineMember(name: raw) }
        nameText.removeAll()
        nameText.append(capacity: raw.count) { JSONStringContent.unescape(raw, into: $0) }
        return ExchangeLineMember(name: nameText.bytes)
    }

    private mutating func scanValue(
        of member: ExchangeLineMember,
        _ start: UnsafePointer<UInt8>,
        _ bounds: LineBounds
    ) throws(LineFault) -> UnsafePointer<UInt8> {
        switch member {
        case .received:
            let (value, end) = try scanInteger(member, start, bounds)
            draft.receivedNanoseconds = value
            return end
        case .latency:
            if start[0] == 0x6E { return try scanPayload(member, start, bounds).end }
            let (value, end) = try scanInteger(member, start, bounds)
            guard let nanoseconds = UInt64(exactly: value) else {
                throw bounds.fault(.integerTooLarge, member, at: start)
            }
            draft.latencyNanoseconds = nanoseconds
            return end
        case .protocol:
            return try scanProtocol(start, bounds)
        case .request:
            let (bytes, end) = try scanPayload(member, start, bounds)
            draft.request = bytes
            return end
        case .response:
            let (bytes, end) = try scanPayload(member, start, bounds)
            draft.response = start[0] == 0x6E ? nil : bytes
            return end
        }
    }

    private func scanInteger(
        _ member: ExchangeLineMember,
        _ start: UnsafePointer<UInt8>,
        _ bounds: LineBounds
    ) throws(LineFault) -> (UInt128, UnsafePointer<UInt8>) {
        switch DecimalDigits.parse(start) {
        case .value(let value, let end): return (value, end)
        case .tooLarge: throw bounds.fault(.integerTooLarge, member, at: start)
        case .notAnInteger:
            if bounds.isEnd(start) { throw bounds.fault(.incomplete(.valueExpected), member, at: start) }
            throw bounds.fault(.notUnsignedInteger, member, at: start)
        }
    }

    private mutating func scanPayload(
        _ member: ExchangeLineMember,
        _ start: UnsafePointer<UInt8>,
        _ bounds: LineBounds
    ) throws(LineFault) -> (bytes: UnsafeRawBufferPointer, end: UnsafePointer<UInt8>) {
        guard let end = json.skipValue(start) else { throw bounds.fault(json.failure, in: member) }
        return (UnsafeRawBufferPointer(start: start, count: end - start), end)
    }

    private mutating func scanProtocol(
        _ start: UnsafePointer<UInt8>,
        _ bounds: LineBounds
    ) throws(LineFault) -> UnsafePointer<UInt8> {
        guard start[0] == 0x22 else {
            if bounds.isEnd(start) { throw bounds.fault(.incomplete(.valueExpected), .protocol, at: start) }
            throw bounds.fault(.notString, .protocol, at: start)
        }
        guard let end = json.skipString(start + 1) else { throw bounds.fault(json.failure, in: .protocol) }
        let raw = UnsafeRawBufferPointer(start: start + 1, count: end - start - 1)
        draft.protocol = raw
        draft.isProtocolEscaped = raw.contains(0x5C)
        if draft.isProtocolEscaped {
            protocolText.removeAll()
            protocolText.append(capacity: raw.count) { JSONStringContent.unescape(raw, into: $0) }
        }
        return end + 1
    }

    /// Keeps a member beyond the five as it stands. Its value need only be grammatical.
    private mutating func scanFurtherMember(
        _ name: UnsafePointer<UInt8>,
        _ value: UnsafePointer<UInt8>,
        _ bounds: LineBounds
    ) throws(LineFault) -> UnsafePointer<UInt8> {
        json.rules = .grammar
        defer { json.rules = .payload }
        guard let end = json.skipValue(value) else { throw bounds.fault(json.failure) }
        // The closing brace of the members before gives way to a comma.
        if extraText.count == 0 {
            extraText.append(0x7B)
        } else {
            extraText.replaceLast(with: 0x2C)
        }
        extraText.append(UnsafeRawBufferPointer(start: name, count: end - name))
        extraText.append(0x7D)
        return end
    }
}
