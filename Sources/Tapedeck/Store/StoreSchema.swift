internal import TapedeckSQLite

/// The statements that know the table's columns, in one place.
///
/// Plans are pinned with INDEXED BY: without statistics SQLite would guess, and with them it would guess otherwise as a
/// store grows.
enum StoreSchema {
    /// Inserts one exchange; the parameters are in the order of `bind(_:to:)`.
    static let insert = """
        INSERT INTO exchanges
            (recv_ts_ns, latency_ns, protocol, request_bytes, response_bytes, extra, request, response)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)
        """

    /// The columns that `slices(of:)` reads, in its order.
    static let columns = "id, recv_ts_ns, latency_ns, protocol, extra, request, response"

    /// The exchange with the id `?1`.
    static let selectOne = "SELECT \(columns) FROM exchanges WHERE id = ?1"

    /// Binds an exchange to `insert`. The texts are not copied: they must stay until the statement ran.
    static func bind(_ exchange: ExchangeSlices, to statement: inout Statement) throws(SQLiteError) {
        try statement.bind(unsigned: exchange.receivedNanoseconds, at: 1)
        if let latency = exchange.latencyNanoseconds {
            try statement.bind(unsigned: latency, at: 2)
        } else {
            try statement.bindNull(at: 2)
        }
        try statement.bindText(borrowing: exchange.protocol, at: 3)
        try statement.bind(Int64(exchange.request.count), at: 4)
        if let response = exchange.response {
            try statement.bind(Int64(response.count), at: 5)
            try statement.bindText(borrowing: response, at: 8)
        } else {
            try statement.bindNull(at: 5)
            try statement.bindNull(at: 8)
        }
        if let extra = exchange.extra {
            try statement.bindText(borrowing: extra, at: 6)
        } else {
            try statement.bindNull(at: 6)
        }
        try statement.bindText(borrowing: exchange.request, at: 7)
    }

    /// The exchange in the current row of a statement that selects `columns`, valid until the statement moves on.
    static func slices(of statement: borrowing Statement) throws(TapedeckError) -> ExchangeSlices {
        guard let received: UInt128 = statement.unsigned(at: 1), let tag = statement.bytes(at: 3),
            let request = statement.bytes(at: 5)
        else {
            throw TapedeckError(
                .corrupt,
                "exchange \(statement.integer(at: 0) ?? 0) lacks what every exchange has; the file is damaged"
            )
        }
        return ExchangeSlices(
            receivedNanoseconds: received,
            latencyNanoseconds: statement.unsigned(at: 2),
            protocol: tag,
            request: request,
            response: statement.bytes(at: 6),
            extra: statement.bytes(at: 4)
        )
    }

    /// Every protocol's tag, in order.
    ///
    /// It steps through the index from one tag to the next, so that it costs what the tags cost, not what the rows do.
    static let selectTags = """
        WITH RECURSIVE tags(tag) AS (
            SELECT min(protocol) FROM exchanges INDEXED BY exchanges_by_protocol_and_time
            UNION ALL
            SELECT (SELECT min(protocol) FROM exchanges INDEXED BY exchanges_by_protocol_and_time
                    WHERE protocol > tag)
            FROM tags WHERE tag IS NOT NULL
        )
        SELECT tag FROM tags WHERE tag IS NOT NULL
        """

    /// Runs `selectTags`.
    ///
    /// - Returns: the tags' bytes, as no string could hold what is not UTF-8 in a damaged store, and find it again.
    static func tags(on connection: borrowing Connection) throws(SQLiteError) -> [[UInt8]] {
        var statement = try connection.prepare(selectTags)
        var tags: [[UInt8]] = []
        while try statement.step() {
            if let tag = statement.bytes(at: 0) { tags.append(Array(tag)) }
        }
        return tags
    }
}
