internal import TapedeckSQLite

/// Asks the index, which may be whole where the table is not, where ids go on and which there are.
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

    /// The ids that the index has and `ranges` have not, in no order, and whether all of the index could be read.
    ///
    /// - Complexity: linear in the index, and in memory in what is found.
    static func ids(
        besides ranges: [IDRanges],
        on connection: borrowing Connection
    ) -> (ids: [Int64], isWhole: Bool) {
        var ids: [Int64] = []
        do throws(SQLiteError) {
            var statement = try connection.prepare(
                "SELECT id FROM exchanges INDEXED BY exchanges_by_protocol_and_time"
            )
            while try statement.step() {
                let id = statement.integerOrZero(at: 0)
                // Ids begin at 1: what has none is a damaged entry.
                if id > 0, !ranges.contains(where: { $0.contains(id) }) { ids.append(id) }
            }
            return (ids, true)
        } catch {
            return (ids, false)
        }
    }
}
