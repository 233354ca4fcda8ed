internal import TapedeckSQLite

/// Finds the ids of the exchanges that meet a filter's column conditions, through the index alone.
enum IndexSearch {
    /// The statement that it runs for each protocol.
    static func sql(_ conditions: ColumnConditions, selecting result: String = "id") -> String {
        """
        SELECT \(result) FROM exchanges INDEXED BY exchanges_by_protocol_and_time
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

    /// Counts the exchanges of a snapshot that are still there, as the index knows them.
    ///
    /// - Parameters:
    ///   - snapshot: what is wanted.
    ///   - connection: where to search.
    /// - Returns: how many there are.
    /// - Throws: `SQLiteError` when the index cannot be read.
    /// - Complexity: linear in the index; some 40 ms for a million exchanges.
    static func count(
        of snapshot: StoreSnapshot,
        on connection: borrowing Connection
    ) throws(SQLiteError) -> Int {
        typealias Parameter = ColumnConditions.Parameter
        guard !snapshot.conditions.isEmpty else {
            var statement = try connection.prepare(
                "SELECT count(*) FROM exchanges INDEXED BY exchanges_by_protocol_and_time WHERE id <= ?3"
            )
            try statement.bind(snapshot.lastID, at: Parameter.lastID)
            return try statement.step() ? Int(statement.integerOrZero(at: 0)) : 0
        }
        var count = 0
        var statement = try connection.prepare(sql(snapshot.conditions, selecting: "count(*)"))
        try statement.bind(snapshot.lastID, at: Parameter.lastID)
        try snapshot.conditions.bind(to: &statement)
        for tag in snapshot.tags {
            try statement.bind(text: tag, at: Parameter.tag)
            while try statement.step() { count += Int(statement.integerOrZero(at: 0)) }
        }
        return count
    }
}
