internal import TapedeckSQLite

/// Finds the ids of the exchanges that meet a filter's column conditions, through the index alone.
enum IndexSearch {
    /// The statement that it runs for each protocol.
    static func sql(_ conditions: ColumnConditions) -> String {
        """
        SELECT id FROM exchanges INDEXED BY exchanges_by_protocol_and_time
        WHERE protocol = ?1\(conditions.timeSQL) AND id <= ?3\(conditions.stateSQL)
        """
    }

    /// Collects the ids.
    ///
    /// - Parameters:
    ///   - snapshot: what is wanted.
    ///   - limit: how many ids may be held.
    ///   - connection: where to search, inside a transaction.
    /// - Returns: the ids in insertion order; nil where there are more than `limit`.
    /// - Throws: `SQLiteError` when the index cannot be read.
    static func ids(
        of snapshot: StoreSnapshot,
        atMost limit: Int,
        on connection: borrowing Connection
    ) throws(SQLiteError) -> [Int64]? {
        typealias Parameter = ColumnConditions.Parameter
        var ids: [Int64] = []
        var statement = try connection.prepare(sql(snapshot.conditions))
        try statement.bind(snapshot.lastID, at: Parameter.lastID)
        try snapshot.conditions.bind(to: &statement)
        for tag in snapshot.tags {
            try statement.bind(text: tag, at: Parameter.tag)
            while try statement.step() {
                guard ids.count < limit else { return nil }
                ids.append(statement.integerOrZero(at: 0))
            }
        }
        ids.sort()
        return ids
    }
}
