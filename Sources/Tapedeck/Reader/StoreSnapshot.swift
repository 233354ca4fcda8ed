internal import TapedeckSQLite

/// What a reader settles when it is opened: which protocols it wants and how far it reads.
struct StoreSnapshot {
    /// No exchange had a larger id. What is stored later has one, and is not read.
    ///
    /// It is what SQLite remembers, where that is more than the table says: the last exchanges were deleted, or are lost.
    let lastID: Int64
    /// The tags that the filter wants. Empty where it wants all and no index search needs them.
    let tags: [[UInt8]]
    let filter: ExchangeFilter
    let conditions: ColumnConditions

    init(on connection: borrowing Connection, filter: ExchangeFilter) throws(SQLiteError) {
        self.filter = filter
        conditions = ColumnConditions(filter)
        let largest = try connection.integer("SELECT max(id) FROM exchanges") ?? 0
        let remembered = try StoreSchema.rememberedID(on: connection) ?? 0
        lastID = min(max(largest, remembered), filter.lastID ?? .max)
        if filter.order == .insertion && conditions.isEmpty {
            tags = []
        } else {
            tags = try StoreSchema.tags(on: connection).filter { tag in
                filter.protocols.isEmpty || filter.protocols.contains { $0.matches(tag) }
            }
        }
    }
}
