internal import TapedeckSQLite

/// Goes through the table in the order of ids, forward or backward, a page at a time.
///
/// Protocols are compared here rather than in SQL, as there may be more of them than a statement has parameters; rows of
/// others cost no look at their payload.
struct TableWalk: ~Copyable {
    private var statement: Statement
    private let protocols: [ProtocolPattern]
    private var position: Int64
    private let isForward: Bool
    /// How many rows it came to that the columns' conditions let through.
    private(set) var rowCount = 0

    static func sql(_ conditions: ColumnConditions, isForward: Bool) -> String {
        """
        SELECT \(StoreSchema.columns) FROM exchanges NOT INDEXED
        WHERE id \(isForward ? ">" : "<") ?2 AND id <= ?3\(conditions.timeSQL)\(conditions.stateSQL)
        ORDER BY id \(isForward ? "ASC" : "DESC")
        """
    }

    init(
        _ snapshot: StoreSnapshot,
        isForward: Bool,
        on connection: borrowing Connection
    ) throws(SQLiteError) {
        var statement = try connection.prepare(Self.sql(snapshot.conditions, isForward: isForward))
        try statement.bind(snapshot.lastID, at: ColumnConditions.Parameter.lastID)
        try snapshot.conditions.bind(to: &statement)
        self.statement = statement
        protocols = snapshot.filter.protocols
        position = isForward ? 0 : .max
        self.isForward = isForward
    }

    /// Delivers the rows from where the last page ended.
    ///
    /// - Parameter deliver: called with each row; returns false to end the page after it.
    /// - Returns: false when the table's end was reached.
    /// - Throws: what reading or `deliver` throws.
    mutating func readPage(_ deliver: (Int64, ExchangeSlices) throws -> Bool) throws -> Bool {
        try statement.bind(position, at: ColumnConditions.Parameter.afterID)
        defer { statement.reset() }
        // A page also ends after so many rows that were not wanted, so that its transaction stays short.
        var patience = 16384
        while patience > 0 {
            guard try statement.step() else { return false }
            patience -= 1
            let id = statement.integerOrZero(at: 0)
            // In a damaged table a row may stand out of its place, and lead back to where it was read already.
            guard isForward ? id > position : id < position else { continue }
            position = id
            if !protocols.isEmpty {
                guard let tag = statement.bytes(at: 3), protocols.contains(where: { $0.matches(tag) }) else {
                    continue
                }
            }
            rowCount += 1
            guard try deliver(position, try StoreSchema.slices(of: statement)) else { break }
        }
        return true
    }
}
