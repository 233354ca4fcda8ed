internal import TapedeckSQLite

/// Finds the exchanges that are to be pruned, through the index alone.
///
/// Every call is to be made inside a transaction.
struct PruneSearch: ~Copyable {
    /// An exchange and the bytes of its request and response.
    struct Found {
        let id: Int64
        let byteCount: Int
        /// The place of its protocol among those that are searched.
        let tagIndex: Int
    }

    private let conditions: ColumnConditions
    private let tags: [[UInt8]]
    private var statement: Statement
    /// The largest id that is looked at. What is stored later has a larger one.
    private(set) var lastID: Int64

    /// - Parameters:
    ///   - options: the conditions.
    ///   - connection: where to search.
    /// - Throws: `SQLiteError` when the store cannot be read.
    init(_ options: PruneOptions, on connection: borrowing Connection) throws(SQLiteError) {
        var filter = ExchangeFilter()
        filter.protocols = options.protocols
        filter.untilNanoseconds = options.beforeNanoseconds
        let conditions = ColumnConditions(filter)
        let tags = try StoreSchema.tags(on: connection).filter { tag in
            filter.protocols.isEmpty || filter.protocols.contains { $0.matches(tag) }
        }
        var statement = try connection.prepare(
            """
            SELECT id, request_bytes, response_bytes FROM exchanges INDEXED BY exchanges_by_protocol_and_time
            WHERE protocol = ?1\(conditions.timeSQL) AND id BETWEEN 1 AND ?3
            """
        )
        try conditions.bind(to: &statement)
        let lastID = try connection.integer("SELECT max(id) FROM exchanges") ?? 0
        self.conditions = conditions
        self.tags = tags
        self.statement = statement
        self.lastID = lastID
    }

    /// Calls `body` with every exchange that is found, until it returns false.
    mutating func forEach(_ body: (Found) -> Bool) throws(SQLiteError) {
        try statement.bind(lastID, at: ColumnConditions.Parameter.lastID)
        for (tagIndex, tag) in tags.enumerated() {
            try statement.bind(text: tag, at: ColumnConditions.Parameter.tag)
            while try statement.step() {
                let byteCount = Self.length(statement, at: 1) + Self.length(statement, at: 2)
                let id = statement.integerOrZero(at: 0)
                guard body(Found(id: id, byteCount: byteCount, tagIndex: tagIndex)) else {
                    return statement.reset()
                }
            }
        }
    }

    /// Deletes what is found.
    func deletion(on connection: borrowing Connection) throws(SQLiteError) -> PruneDeletion {
        try PruneDeletion(tags, conditions, lastID: lastID, on: connection)
    }

    /// In a damaged store a length may say anything, and sums must not overflow. No text is longer than SQLite's own limit.
    private static func length(_ statement: borrowing Statement, at index: Int32) -> Int {
        Int(min(max(0, statement.integerOrZero(at: index)), Int64(Int32.max)))
    }

    /// Leaves out the last exchanges, by id, as many as have no more than `byteCount` bytes together.
    ///
    /// The index is not in the order of ids, and the ids may be too many for memory. So it sums bytes up in equal ranges of
    /// ids, finds the range in which the border lies, and divides that again.
    ///
    /// - Complexity: a walk through the index for each 16 bits of the largest id.
    mutating func keepLast(byteCount: Int) throws(SQLiteError) {
        let rangeCount: UInt64 = 65536
        var low: UInt64 = 1
        var high = UInt64(max(lastID, 0))
        var left = byteCount
        while low <= high {
            let width = (high - low) / rangeCount + 1
            var sums = [Int](repeating: 0, count: Int((high - low) / width) + 1)
            try forEach { found in
                let id = UInt64(found.id)
                if (low...high).contains(id) { sums[Int((id - low) / width)] += found.byteCount }
                return true
            }
            var index = sums.count - 1
            while index >= 0, sums[index] <= left {
                left -= sums[index]
                index -= 1
            }
            guard index >= 0 else { break }
            low += UInt64(index) * width
            high = min(high, low + width - 1)
            guard width > 1 else {
                lastID = Int64(low)
                return
            }
        }
        lastID = 0
    }
}
