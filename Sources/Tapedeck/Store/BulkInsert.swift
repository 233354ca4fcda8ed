internal import TapedeckSQLite

/// Inserts exchanges many to a statement, in a transaction that is kept whole or not at all.
///
/// SQLite begins and ends a statement with as much work as a small row takes, and finds its way into the index anew for
/// each; several rows to a statement save that, and load small exchanges 1.7 times as fast. A failure ends the whole
/// transaction (`OR ROLLBACK`): to undo one statement of many rows alone, SQLite would save every page before it.
struct BulkInsert: ~Copyable {
    /// The rows of one statement. With four times as many it is hardly faster.
    static let rowCount = 16

    private var many: Statement
    private var one: Statement
    private var waiting: [ExchangeSlices] = []

    /// - Parameter connection: where to insert. It is used for nothing else that the table's checks would be needed for.
    /// - Throws: `SQLiteError` when the table is not there.
    init(_ connection: borrowing Connection) throws(SQLiteError) {
        // The checks guard the table against other programs. What `StoreSchema.bind` binds meets them, and they would bring
        // the work back that `OR ROLLBACK` saves.
        try connection.execute("PRAGMA ignore_check_constraints = ON")
        let many = try connection.prepare(StoreSchema.insert(rowCount: Self.rowCount, orElse: "ROLLBACK"))
        one = try connection.prepare(StoreSchema.insert(orElse: "ROLLBACK"))
        self.many = many
    }

    /// Takes an exchange, whose texts must stay where they are until `finish()`.
    mutating func add(_ exchange: ExchangeSlices) throws(SQLiteError) {
        waiting.append(exchange)
        guard waiting.count == Self.rowCount else { return }
        for (row, exchange) in waiting.enumerated() {
            try StoreSchema.bind(exchange, to: &many, row: Int32(row))
        }
        try many.run()
        waiting.removeAll(keepingCapacity: true)
    }

    /// Inserts what waits, and forgets every text.
    mutating func finish() throws(SQLiteError) {
        for exchange in waiting {
            try StoreSchema.bind(exchange, to: &one)
            try one.run()
        }
        forget()
    }

    /// Forgets every text, and what waits with them.
    mutating func forget() {
        waiting.removeAll(keepingCapacity: true)
        many.clearBindings()
        one.clearBindings()
    }
}
