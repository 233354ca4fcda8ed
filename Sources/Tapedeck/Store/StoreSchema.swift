internal import TapedeckSQLite

/// The statements that know the table's columns, in one place.
///
/// Plans are pinned with INDEXED BY: without statistics SQLite would guess, and with them it would guess otherwise as a
/// store grows.
enum StoreSchema {
    /// Inserts exchanges; the parameters of each are in the order of `bind(_:to:row:)`.
    ///
    /// - Parameters:
    ///   - rowCount: how many exchanges, 1 or more.
    ///   - conflict: what a failure undoes, in SQLite's words: `ABORT` the statement, `ROLLBACK` the transaction.
    /// - Returns: the SQL text.
    static func insert(rowCount: Int = 1, orElse conflict: String = "ABORT") -> String {
        let row = "(?\(String(repeating: ", ?", count: Int(parameterCount) - 1)))"
        return """
            INSERT OR \(conflict) INTO exchanges
                (recv_ts_ns, latency_ns, protocol, request_bytes, response_bytes, checksum, extra, request, response)
            VALUES \(repeatElement(row, count: rowCount).joined(separator: ", "))
            """
    }

    private static let parameterCount: Int32 = 9

    /// The columns that `slices(of:)` reads, in its order.
    static let columns = "id, recv_ts_ns, latency_ns, protocol, extra, request, response, checksum"

    static let checksumColumn: Int32 = 7

    /// The exchange with the id `?1`.
    static let selectOne = "SELECT \(columns) FROM exchanges WHERE id = ?1"

    /// The exchanges with the ids `?1` and so on, in that order.
    ///
    /// - Parameter idCount: how many ids, 1 or more. Null stands for none.
    /// - Returns: the SQL text.
    static func selectMany(idCount: Int) -> String {
        """
        WITH wanted(wanted_id) AS (VALUES \(repeatElement("(?)", count: idCount).joined(separator: ",")))
        SELECT \(columns) FROM wanted CROSS JOIN exchanges ON id = wanted_id
        """
    }

    /// Binds an exchange to a row of `insert`. The texts are not copied: they must stay until the statement ran.
    static func bind(
        _ exchange: ExchangeSlices,
        to statement: inout Statement,
        row: Int32 = 0
    ) throws(SQLiteError) {
        let first = row * parameterCount + 1
        try statement.bind(unsigned: exchange.receivedNanoseconds, at: first)
        if let latency = exchange.latencyNanoseconds {
            try statement.bind(unsigned: latency, at: first + 1)
        } else {
            try statement.bindNull(at: first + 1)
        }
        try statement.bindText(borrowing: exchange.protocol, at: first + 2)
        try statement.bind(Int64(exchange.request.count), at: first + 3)
        try statement.bind(RowChecksum.of(exchange), at: first + 5)
        if let extra = exchange.extra {
            try statement.bindText(borrowing: extra, at: first + 6)
        } else {
            try statement.bindNull(at: first + 6)
        }
        try statement.bindText(borrowing: exchange.request, at: first + 7)
        if let response = exchange.response {
            try statement.bind(Int64(response.count), at: first + 4)
            try statement.bindText(borrowing: response, at: first + 8)
        } else {
            try statement.bindNull(at: first + 4)
            try statement.bindNull(at: first + 8)
        }
    }

    /// The exchange in the current row of a statement that selects `columns`, valid until the statement moves on.
    ///
    /// It is what was stored: whoever exports it, or sends it again, would pass on what a disk made of it as if it were sound.
    static func slices(of statement: borrowing Statement) throws(TapedeckError) -> ExchangeSlices {
        func damaged(_ what: String) -> TapedeckError {
            TapedeckError(
                .corrupt,
                "exchange \(statement.integerOrZero(at: 0)) is damaged: \(what); 'tapedeck salvage' brings the others into an"
                    + " archive"
            )
        }
        let content = try slicesAsTheyStand(in: statement)
        if let checksum = statement.integer(at: checksumColumn), checksum != RowChecksum.of(content) {
            throw damaged("its content is not what was stored")
        }
        // Another program can store anything, with a fitting checksum or none.
        guard !content.holdsLineFeed else {
            throw damaged("it holds a line feed, which would make two lines of it in an archive")
        }
        return content
    }

    /// The same, whatever its checksum.
    static func slicesAsTheyStand(in statement: borrowing Statement) throws(TapedeckError) -> ExchangeSlices {
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

    /// The largest id that was ever given, as SQLite remembers it beside the table; nil where it does not, or that is damaged.
    static func rememberedID(on connection: borrowing Connection) throws(SQLiteError) -> Int64? {
        do throws(SQLiteError) {
            return try connection.integer("SELECT seq FROM sqlite_sequence WHERE name = 'exchanges'")
        } catch {
            guard error.isDamage else { throw error }
            return nil
        }
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
