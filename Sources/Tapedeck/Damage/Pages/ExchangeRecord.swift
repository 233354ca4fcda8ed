/// Where the columns of an exchange stand in a record (<https://sqlite.org/fileformat.html>, section 2.1).
struct ExchangeRecord {
    private typealias Column = (type: Int64, bytes: Range<Int>)

    /// In the order of the table's columns.
    private let columns: [Column]

    /// Nil where it is not the record of an exchange with a checksum.
    ///
    /// - Parameters:
    ///   - beginning: the payload's bytes, as many as there are at hand: its header is among them.
    ///   - byteCount: how many bytes the payload has.
    init?(_ beginning: UnsafeRawBufferPointer, payloadByteCount byteCount: Int) {
        var position = 0
        guard let header = beginning.variableLengthInteger(at: &position),
            let headerEnd = Int(exactly: header), headerEnd <= beginning.count
        else { return nil }
        var columns: [Column] = []
        var end = headerEnd
        while position < headerEnd, columns.count <= Self.rules.count {
            guard let type = beginning.variableLengthInteger(at: &position),
                let length = Self.length(of: type), length <= byteCount - end
            else { return nil }
            columns.append((type, end..<end + length))
            end += length
        }
        guard position == headerEnd, end == byteCount, columns.count == Self.rules.count,
            zip(columns, Self.rules).allSatisfy({ $1($0.type) })
        else { return nil }
        self.columns = columns
    }

    /// The row, valid as long as the payload.
    ///
    /// - Parameters:
    ///   - id: the row's id, which stands beside the record.
    ///   - payload: all of the payload.
    /// - Returns: nil where a number is none of the line format.
    func row(id: Int64, in payload: UnsafeRawBufferPointer) -> StoredRow? {
        guard let received: UInt128 = unsigned(1, in: payload) else { return nil }
        let latency: UInt64? = unsigned(2, in: payload)
        guard latency != nil || columns[2].type == 0, let tag = text(3, in: payload),
            let request = text(8, in: payload)
        else { return nil }
        return StoredRow(
            id: id,
            content: ExchangeSlices(
                receivedNanoseconds: received,
                latencyNanoseconds: latency,
                protocol: tag,
                request: request,
                response: text(9, in: payload),
                extra: text(7, in: payload)
            ),
            checksum: integer(6, in: payload),
            requestByteCount: integer(4, in: payload),
            responseByteCount: integer(5, in: payload)
        )
    }

    /// Which types the columns have, in the order of `0001-create-exchanges.sql`. That of the id is null: it stands beside the
    /// record.
    private static let rules: [@Sendable (Int64) -> Bool] = [
        isNull, { isInteger($0) || $0 == 12 + 2 * 16 }, { isInteger($0) || isNull($0) || $0 == 12 + 2 * 8 },
        isText,
        isInteger, { isInteger($0) || isNull($0) }, isInteger, { isText($0) || isNull($0) }, isText,
        { isText($0) || isNull($0) },
    ]

    @Sendable private static func isNull(_ type: Int64) -> Bool { type == 0 }
    @Sendable private static func isInteger(_ type: Int64) -> Bool {
        (1...6).contains(type) || (8...9).contains(type)
    }
    @Sendable private static func isText(_ type: Int64) -> Bool { type >= 13 && !type.isMultiple(of: 2) }

    /// The bytes of a value of some type; nil for the types that no row has.
    private static func length(of type: Int64) -> Int? {
        switch type {
        case 0, 8, 9: 0
        case 1...4: Int(type)
        case 5: 6
        case 6: 8
        case 12...: Int((type - 12) / 2)
        default: nil
        }
    }

    private func integer(_ index: Int, in payload: UnsafeRawBufferPointer) -> Int64? {
        let (type, bytes) = columns[index]
        switch type {
        case 0: return nil
        case 8, 9: return type - 8
        default:
            guard let value = payload.bigEndian(at: bytes.lowerBound, byteCount: bytes.count) else {
                return nil
            }
            // It is signed, whatever its width.
            let unused = 64 - 8 * bytes.count
            return Int64((value << unused) >> unused)
        }
    }

    private func unsigned<Number: FixedWidthInteger & UnsignedInteger>(
        _ index: Int,
        in payload: UnsafeRawBufferPointer
    ) -> Number? {
        guard columns[index].type >= 12 else {
            return integer(index, in: payload).flatMap { Number(exactly: $0) }
        }
        return payload[columns[index].bytes].reduce(0) { $0 << 8 | Number($1) }
    }

    private func text(_ index: Int, in payload: UnsafeRawBufferPointer) -> UnsafeRawBufferPointer? {
        guard columns[index].type != 0 else { return nil }
        return UnsafeRawBufferPointer(rebasing: payload[columns[index].bytes])
    }
}
