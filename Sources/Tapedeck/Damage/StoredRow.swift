internal import TapedeckSQLite

/// A row as it stands in the file, for whoever does not take it at its word.
struct StoredRow {
    /// What `init(_:)` reads, in its order.
    static let columns = "\(StoreSchema.columns), request_bytes, response_bytes"

    let id: Int64
    let content: ExchangeSlices
    /// Nil where none was computed.
    let checksum: Int64?
    private let requestByteCount: Int64?
    private let responseByteCount: Int64?
    private let isLatencyNull: Bool

    /// Reads the current row of a statement that selects `columns`; valid until the statement moves on.
    init(_ statement: borrowing Statement) throws(TapedeckError) {
        id = statement.integerOrZero(at: 0)
        content = try StoreSchema.slicesAsTheyStand(in: statement)
        checksum = statement.integer(at: StoreSchema.checksumColumn)
        requestByteCount = statement.integer(at: 8)
        responseByteCount = statement.integer(at: 9)
        isLatencyNull = statement.storageClass(at: 2) == .null
    }

    /// - Parameters:
    ///   - id: the row's id.
    ///   - content: what it holds.
    ///   - checksum: its checksum; nil for none.
    ///   - requestByteCount: what its column says.
    ///   - responseByteCount: likewise.
    init(
        id: Int64,
        content: ExchangeSlices,
        checksum: Int64?,
        requestByteCount: Int64?,
        responseByteCount: Int64?
    ) {
        self.id = id
        self.content = content
        self.checksum = checksum
        self.requestByteCount = requestByteCount
        self.responseByteCount = responseByteCount
        isLatencyNull = content.latencyNanoseconds == nil
    }

    /// Whether a latency that is there could be read.
    var hasValidLatency: Bool { isLatencyNull == (content.latencyNanoseconds == nil) }

    /// Whether the columns that count bytes say what the payloads have.
    var hasValidByteCounts: Bool {
        requestByteCount == Int64(content.request.count)
            && responseByteCount == content.response.map { Int64($0.count) }
    }
}
