internal import TapedeckJSON

/// Scans the lines of an archive, one at a time and each in one pass.
///
/// The bytes from the start of a line to `end` must be followed by at least 64 readable ones, and either the last of
/// them or the one at `end` is an LF, or the one at `end` is NUL (see ``JSONScanner``).
struct ExchangeLineScanner<Search: ByteSearch>: ~Copyable {
    enum Outcome {
        case exchange(ExchangeSlices)
        /// White space only.
        case blank
        case invalid(LineFault)
    }

    var json = JSONScanner<Search>(rules: .payload)
    var draft = ExchangeLineDraft()
    /// The protocol where it had escapes.
    var protocolText = ByteBuffer()
    var extraText = ByteBuffer()
    var nameText = ByteBuffer()

    /// Scans one line.
    /// - Parameters:
    ///   - position: The first byte of a line; afterwards that of the next one, or `end`.
    ///   - end: The end of the bytes, after `position`; a line ends there that has no LF.
    /// - Returns: The line's members, which point into the line and into this scanner.
    mutating func scanLine(
        at position: inout UnsafePointer<UInt8>,
        to end: UnsafePointer<UInt8>
    ) -> Outcome {
        let start = position
        draft = ExchangeLineDraft()
        extraText.removeAll()
        do throws(LineFault) {
            let objectEnd = try scanObject(from: start, to: end)
            let lineEnd = skipUnicodeWhiteSpace(objectEnd ?? start)
            guard lineEnd[0] == 0x0A || lineEnd == end else {
                throw LineFault(reason: .trailingBytes, member: nil, offset: lineEnd - start)
            }
            position = lineEnd == end ? end : lineEnd + 1
            return objectEnd == nil ? .blank : .exchange(try finish(lineEnd - start))
        } catch {
            position = Self.lineAfter(start + error.offset, to: end)
            return .invalid(error)
        }
    }

    /// Scans the line's object into the draft.
    /// - Returns: The byte after it, or nil for a blank line.
    private mutating func scanObject(
        from start: UnsafePointer<UInt8>,
        to end: UnsafePointer<UInt8>
    ) throws(LineFault) -> UnsafePointer<UInt8>? {
        if let position = scanCanonicalMembers(start) {
            if position[0] == 0x7D { return position + 1 }
            return try scanMembers(after: position, LineBounds(start: start, end: end))
        }
        draft = ExchangeLineDraft()
        let bounds = LineBounds(start: start, end: end)
        let opening = skipUnicodeWhiteSpace(start)
        if bounds.isEnd(opening) { return nil }
        guard opening[0] == 0x7B else {
            let isMark = opening[0] == 0xEF && opening[1] == 0xBB && opening[2] == 0xBF
            throw bounds.fault(isMark ? .byteOrderMark : .notAnObject, at: opening)
        }
        let first = json.skipWhiteSpace(opening + 1)
        if first[0] == 0x7D { return first + 1 }
        return try scanMembers(from: first, bounds)
    }

    /// Makes an exchange of the draft, if nothing is missing.
    private borrowing func finish(_ lineLength: Int) throws(LineFault) -> ExchangeSlices {
        if !draft.isComplete { throw missingMember(lineLength) }
        return ExchangeSlices(
            receivedNanoseconds: draft.receivedNanoseconds,
            latencyNanoseconds: draft.latencyNanoseconds,
            protocol: draft.isProtocolEscaped ? protocolText.bytes : draft.protocol,
            request: draft.request,
            response: draft.response,
            extra: extraText.count == 0 ? nil : extraText.bytes
        )
    }

    @inline(never)
    private borrowing func missingMember(_ lineLength: Int) -> LineFault {
        let missing = ExchangeLineMember.allCases.first { $0.isRequired && !draft.has($0) }
        return LineFault(reason: .missing, member: missing, offset: lineLength)
    }

    private static func lineAfter(
        _ start: UnsafePointer<UInt8>,
        to end: UnsafePointer<UInt8>
    ) -> UnsafePointer<UInt8> {
        var position = start
        while position < end {
            if position[0] == 0x0A { return position + 1 }
            position += 1
        }
        return end
    }
}
