internal import TapedeckSQLite

/// Asks the index, which may be whole where the table is not, where ids go on.
final class IndexedIDSearch {
    private var statement: Statement

    /// - Throws: `SQLiteError` where there is no index.
    init(on connection: borrowing Connection) throws(SQLiteError) {
        statement = try connection.prepare(
            "SELECT min(id) FROM exchanges INDEXED BY exchanges_by_protocol_and_time WHERE id > ?1"
        )
    }

    /// The least id above `id`; nil where there is none, or the index cannot be read.
    ///
    /// - Complexity: linear in the index, as that is in the order of protocols.
    func next(after id: Int64) -> Int64? {
        defer { statement.reset() }
        do throws(SQLiteError) {
            try statement.bind(id, at: 1)
            return try statement.step() ? statement.integer(at: 0) : nil
        } catch {
            return nil
        }
    }
}
