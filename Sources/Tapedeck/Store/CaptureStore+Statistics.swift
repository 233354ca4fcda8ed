internal import TapedeckSQLite

extension CaptureStore {
    /// Sums up the exchanges that a filter lets through, protocol by protocol.
    ///
    /// ```swift
    /// for statistics in try store.statistics(filter) {
    ///     print(statistics.protocol, statistics.count)
    /// }
    /// ```
    ///
    /// It reads the index alone and no payload, unless the filter has conditions or a limit, or is for failures alone: then
    /// the exchanges are read whole, one after the other.
    ///
    /// - Parameter filter: which exchanges count. Its order matters only with a limit.
    /// - Returns: one for each protocol that has such exchanges, ordered by tag.
    /// - Throws: ``TapedeckError`` when the file cannot be read.
    /// - Complexity: linear in the number of exchanges of the wanted protocols and time. Memory is 8 bytes for each
    ///   exchange that is let through, as its latency is kept.
    public func statistics(
        _ filter: ExchangeFilter = ExchangeFilter()
    ) throws(TapedeckError) -> [ProtocolStatistics] {
        guard !filter.readsTexts, filter.limit == nil else { return try readStatistics(filter) }
        return try withConnection { connection in
            try connection.transaction(.deferred) { try StatisticsSearch.run(filter, on: connection) }
        }
    }

    /// The same by way of the exchanges themselves.
    private func readStatistics(_ filter: ExchangeFilter) throws(TapedeckError) -> [ProtocolStatistics] {
        try reporting(about: path) {
            let cursor = try StoreCursor(opener, filter)
            // Tags are told apart by their bytes; strings that are canonical equivalents would fall together.
            var found: [[UInt8]: ProtocolStatistics] = [:]
            while try cursor.readPage({ _, slices in
                let tag = Array(slices.protocol)
                let new = ProtocolStatistics(protocol: String(decoding: tag, as: UTF8.self))
                found[tag, default: new].add(slices)
            }) {}
            return found.sorted { $0.key.lexicographicallyPrecedes($1.key) }.map { _, statistics in
                var statistics = statistics
                statistics.latenciesNanoseconds.radixSort()
                return statistics
            }
        }
    }
}

/// Sums up by way of the index, which holds all that takes.
enum StatisticsSearch {
    /// The statements that it runs for each protocol: all exchanges by time, and the time of the last.
    static func sql(_ conditions: ColumnConditions) -> (all: String, last: String) {
        let rest = """
            FROM exchanges INDEXED BY exchanges_by_protocol_and_time
            WHERE protocol = ?1\(conditions.timeSQL)\(conditions.stateSQL)
            """
        return (
            "SELECT latency_ns, request_bytes, response_bytes, recv_ts_ns \(rest) ORDER BY recv_ts_ns",
            "SELECT recv_ts_ns \(rest) ORDER BY recv_ts_ns DESC LIMIT 1"
        )
    }

    /// A length as it may be: in a damaged store it may say anything, and sums must not overflow. No text is longer than
    /// SQLite's own limit.
    private static func length(_ stored: Int64) -> Int {
        Int(min(max(0, stored), Int64(Int32.max)))
    }

    /// To be called inside a transaction.
    static func run(
        _ filter: ExchangeFilter,
        on connection: borrowing Connection
    ) throws(SQLiteError) -> [ProtocolStatistics] {
        let conditions = ColumnConditions(filter)
        let sql = sql(conditions)
        var statement = try connection.prepare(sql.all)
        var last = try connection.prepare(sql.last)
        try conditions.bind(to: &statement)
        try conditions.bind(to: &last)
        var all: [ProtocolStatistics] = []
        for tag in try StoreSchema.tags(on: connection) {
            guard filter.protocols.isEmpty || filter.protocols.contains(where: { $0.matches(tag) }) else {
                continue
            }
            try statement.bind(text: tag, at: ColumnConditions.Parameter.tag)
            var statistics = ProtocolStatistics(protocol: String(decoding: tag, as: UTF8.self))
            while try statement.step() {
                // Every question about a column takes a tenth of what the whole row does. The times ascend.
                if statistics.count == 0 { statistics.earliestNanoseconds = statement.unsigned(at: 3) ?? 0 }
                statistics.add(
                    latencyNanoseconds: latency(of: statement),
                    requestByteCount: length(statement.integerOrZero(at: 1)),
                    responseByteCount: responseLength(of: statement)
                )
            }
            guard statistics.count > 0 else { continue }
            try last.bind(text: tag, at: ColumnConditions.Parameter.tag)
            if try last.step() { statistics.latestNanoseconds = last.unsigned(at: 0) ?? 0 }
            last.reset()
            statistics.latenciesNanoseconds.radixSort()
            all.append(statistics)
        }
        return all
    }

    /// Only what looks like 0 can be null, or too large for an integer: such a blob begins with no digit.
    private static func latency(of statement: borrowing Statement) -> UInt64? {
        let small = statement.integerOrZero(at: 0)
        return small > 0 ? UInt64(small) : statement.unsigned(at: 0)
    }

    /// Likewise.
    private static func responseLength(of statement: borrowing Statement) -> Int? {
        let stored = statement.integerOrZero(at: 2)
        return stored > 0 ? length(stored) : statement.integer(at: 2).map(length)
    }
}
