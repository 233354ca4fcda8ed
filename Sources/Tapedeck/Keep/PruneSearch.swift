internal import TapedeckSQLite

/// Finds the exchanges that are to be pruned, through the index.
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
    private let protocols: [ProtocolPattern]
    private let tags: [[UInt8]]
    private var statement: Statement
    private var rows: Statement
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
        var rows = try connection.prepare(
            """
            SELECT protocol, request_bytes, response_bytes FROM exchanges NOT INDEXED
            WHERE id BETWEEN ?2 AND ?3\(conditions.timeSQL)
            """
        )
        try conditions.bind(to: &rows)
        let lastID = try connection.integer("SELECT max(id) FROM exchanges") ?? 0
        self.conditions = conditions
        self.tags = tags
        protocols = options.protocols
        self.statement = statement
        self.rows = rows
        self.lastID = lastID
    }

    /// Calls `body` with every exchange that is found, until it returns false.
    mutating func forEach(_ body: (Found) -> Bool) throws(SQLiteError) {
        try statement.bind(lastID, at: ColumnConditions.Parameter.lastID)
        for (tagIndex, tag) in tags.enumerated() {
            try statement.bind(text: tag, at: ColumnConditions.Parameter.tag)
            while try statement.step() {
                let byteCount = Self.byteCount(statement)
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

    /// The bytes of a request and a response, whose lengths are the second and the third column.
    private static func byteCount(_ statement: borrowing Statement) -> Int {
        // In a damaged store a length may say anything, and sums must not overflow. No text is longer than SQLite's own limit.
        func length(at index: Int32) -> Int {
            Int(min(max(0, statement.integerOrZero(at: index)), Int64(Int32.max)))
        }
        return length(at: 1) + length(at: 2)
    }

    /// Leaves out the last exchanges, by id, as many as have no more than `byteCount` bytes together.
    ///
    /// The index is not in the order of ids, and the ids may be too many for memory. So it sums bytes up in equal ranges of
    /// ids, finds the range in which the border lies, and divides that again.
    ///
    /// - Returns: whether the table says as many bytes of them, and of the one at the border, as the index does. Where it does not, the
    ///   border may be anywhere.
    /// - Complexity: a walk through the index for each 16 bits of the largest id, and one through the rows that are kept.
    mutating func keepLast(byteCount: Int) throws(SQLiteError) -> Bool {
        let newestID = lastID
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
                return try rowByteCount(of: lastID...newestID) == byteCount - left + sums[index]
            }
        }
        lastID = 0
        return true
    }

    /// The bytes of the exchanges that are wanted, as the table has them.
    private mutating func rowByteCount(of ids: ClosedRange<Int64>) throws(SQLiteError) -> Int {
        try rows.bind(ids.lowerBound, at: ColumnConditions.Parameter.afterID)
        try rows.bind(ids.upperBound, at: ColumnConditions.Parameter.lastID)
        var sum = 0
        while try rows.step() {
            if !protocols.isEmpty {
                guard let tag = rows.bytes(at: 0), protocols.contains(where: { $0.matches(tag) }) else {
                    continue
                }
            }
            sum += Self.byteCount(rows)
        }
        return sum
    }
}
