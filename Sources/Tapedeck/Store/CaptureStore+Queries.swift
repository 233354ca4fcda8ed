internal import TapedeckSQLite

extension CaptureStore {
    /// The number of exchanges.
    ///
    /// - Returns: how many the store holds now.
    /// - Throws: ``TapedeckError`` when the file cannot be read.
    /// - Complexity: linear in the number of exchanges, without reading their payloads.
    public func count() throws(TapedeckError) -> Int {
        try withConnection { connection in
            Int(try connection.integer("SELECT count(*) FROM exchanges") ?? 0)
        }
    }

    /// The largest id, which is that of the latest exchange; 0 where there is none.
    package func lastID() throws(TapedeckError) -> Int64 {
        try withConnection { try $0.integer("SELECT max(id) FROM exchanges") ?? 0 }
    }

    /// What the store holds of each protocol, ordered by tag.
    ///
    /// - Throws: ``TapedeckError`` when the file cannot be read.
    /// - Complexity: linear in the number of exchanges, without reading their payloads.
    public func protocols() throws(TapedeckError) -> [ProtocolSummary] {
        try withConnection { connection in
            try connection.transaction(.deferred) {
                var summaries: [ProtocolSummary] = []
                var statement = try connection.prepare(
                    """
                    SELECT count(*), count(response_bytes), min(recv_ts_ns), max(recv_ts_ns)
                    FROM exchanges INDEXED BY exchanges_by_protocol_and_time WHERE protocol = ?1
                    """
                )
                for tag in try StoreSchema.tags(on: connection) {
                    try statement.bind(text: tag, at: 1)
                    guard try statement.step() else { continue }
                    let count = Int(statement.integer(at: 0) ?? 0)
                    summaries.append(
                        ProtocolSummary(
                            protocol: String(decoding: tag, as: UTF8.self),
                            count: count,
                            openCount: count - Int(statement.integer(at: 1) ?? 0),
                            earliestNanoseconds: statement.unsigned(at: 2) ?? 0,
                            latestNanoseconds: statement.unsigned(at: 3) ?? 0
                        )
                    )
                    statement.reset()
                }
                return summaries
            }
        }
    }

    /// The exchange with an id.
    ///
    /// - Parameter id: the number that it got when it was stored, from 1.
    /// - Returns: nil where there is none.
    /// - Throws: ``TapedeckError`` when the file cannot be read.
    /// - Complexity: logarithmic in the number of exchanges.
    public func exchange(id: Int64) throws(TapedeckError) -> RecordedExchange? {
        try withConnection { connection in
            var statement = try connection.prepare(StoreSchema.selectOne)
            try statement.bind(id, at: 1)
            guard try statement.step() else { return nil }
            return RecordedExchange(copying: try StoreSchema.slices(of: statement))
        }
    }

    /// Writes the file anew without the space that deleted exchanges left.
    ///
    /// It needs as much free space as the store takes, and other writers wait meanwhile.
    ///
    /// - Throws: ``TapedeckError`` when the store was opened for reading, another program holds its lock, or the disk is
    ///   full. The store is then as it was.
    public func vacuum() throws(TapedeckError) {
        try withConnection { try $0.execute("VACUUM") }
    }
}
