internal import TapedeckJSON

/// Finds what is wrong with a row's content.
struct RowCheck: ~Copyable {
    private var scanner = ExchangeLineScanner<NativeByteSearch>()
    private var line = ByteBuffer()

    /// - Parameter row: the row.
    /// - Returns: what is wrong with it; nil for nothing.
    mutating func damage(of row: StoredRow) -> StoreDamage? {
        func damage(_ kind: StoreDamage.Kind, _ message: String) -> StoreDamage {
            StoreDamage(kind: kind, ids: row.id...row.id, message: message)
        }
        if let checksum = row.checksum, checksum != RowChecksum.of(row.content) {
            return damage(.checksum, "the content is not what was stored: its checksum differs")
        }
        guard row.hasValidLatency else { return damage(.content, "latency_ns is no number of 64 bits") }
        guard row.hasValidByteCounts else {
            return damage(.byteCount, "request_bytes or response_bytes is not what the payload has")
        }
        if let fault = fault(of: row.content) { return damage(.content, fault) }
        return nil
    }

    /// Whether a row says by its checksum that it is as it was stored, or at least holds what it could hold.
    mutating func isSound(_ row: StoredRow) -> Bool {
        guard let damage = damage(of: row) else { return true }
        // What the payloads hold was not looked at then.
        return damage.kind == .byteCount && fault(of: row.content) == nil
    }

    /// Writes the content as a line of an archive and reads that: whatever the format forbids is found there.
    private mutating func fault(of content: ExchangeSlices) -> String? {
        line.removeAll()
        ExchangeLineFormatter.append(content, to: &line)
        let byteCount = line.count
        for _ in 0..<JSONText.paddingByteCount { line.append(0) }
        let bytes = line.bytes.assumingMemoryBound(to: UInt8.self)
        guard var position = bytes.baseAddress else { return "there is nothing" }
        let end = position + byteCount
        switch scanner.scanLine(at: &position, to: end) {
        case .blank:
            return "there is nothing"
        case .invalid(let fault):
            return fault.description
        case .exchange(let read):
            // A payload could hold the end of its member and the beginning of another.
            return position == end && Self.areSame(read, content) ? nil : "a payload is more than one value"
        }
    }

    private static func areSame(_ read: ExchangeSlices, _ content: ExchangeSlices) -> Bool {
        read.receivedNanoseconds == content.receivedNanoseconds
            && read.latencyNanoseconds == content.latencyNanoseconds
            && read.protocol.elementsEqual(content.protocol)
            && read.request.elementsEqual(content.request)
            && (read.response == nil) == (content.response == nil)
            && (read.extra == nil) == (content.extra == nil)
    }
}
