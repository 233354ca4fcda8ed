internal import TapedeckSQLite

/// Deletes what a search found through the index, where the table itself says the same of it.
///
/// One flipped bit in the index names an exchange that nobody asked for.
struct PruneDeletion: ~Copyable {
    enum Outcome {
        case deleted
        /// Another program deleted it, or the index names what never was.
        case foundNone
        /// An exchange that does not meet the conditions has its id, so that the index is wrong.
        case foundAnother
    }

    private static let idParameter: Int32 = 2

    private let tags: [[UInt8]]
    private var delete: Statement
    private var look: Statement

    /// - Parameters:
    ///   - tags: the protocols that the search goes through.
    ///   - conditions: those of time.
    ///   - lastID: the largest id that may go.
    ///   - connection: where to delete.
    /// - Throws: `SQLiteError` when the store cannot be read.
    init(
        _ tags: [[UInt8]],
        _ conditions: ColumnConditions,
        lastID: Int64,
        on connection: borrowing Connection
    ) throws(SQLiteError) {
        var delete = try connection.prepare(
            """
            DELETE FROM exchanges NOT INDEXED
            WHERE id = ?2 AND protocol = ?1\(conditions.timeSQL) AND id BETWEEN 1 AND ?3
            """
        )
        try conditions.bind(to: &delete)
        try delete.bind(lastID, at: ColumnConditions.Parameter.lastID)
        let look = try connection.prepare("SELECT 1 FROM exchanges NOT INDEXED WHERE id = ?2")
        self.tags = tags
        self.delete = delete
        self.look = look
    }

    /// Deletes an exchange, inside a transaction.
    ///
    /// - Returns: what there was under its id.
    /// - Throws: `SQLiteError` when it cannot be deleted.
    mutating func run(_ found: PruneSearch.Found, on connection: borrowing Connection) throws(SQLiteError)
        -> Outcome
    {
        try delete.bind(found.id, at: Self.idParameter)
        try delete.bind(text: tags[found.tagIndex], at: ColumnConditions.Parameter.tag)
        try delete.run()
        if connection.changedRowCount > 0 { return .deleted }
        try look.bind(found.id, at: Self.idParameter)
        defer { look.reset() }
        return try look.step() ? .foundAnother : .foundNone
    }
}
