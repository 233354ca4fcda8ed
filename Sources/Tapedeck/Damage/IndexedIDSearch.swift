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

    /// The least id above `id`; nil where there is none, or the index is damaged.
    ///
    /// - Throws: `SQLiteError` when the index cannot be read for another reason.
    /// - Complexity: linear in the index, as that is in the order of protocols.
    func next(after id: Int64) throws(SQLiteError) -> Int64? {
        defer { statement.reset() }
        do throws(SQLiteError) {
            try statement.bind(id, at: 1)
            return try statement.step() ? statement.integer(at: 0) : nil
        } catch {
            guard error.isDamage else { throw error }
            return nil
        }
    }

    /// The ids that the index has and `ranges` have not, and whether all of the index could be read.
    ///
    /// - Parameters:
    ///   - ranges: what is left out.
    ///   - connection: where to ask, in the transaction in which the rows were read that `ranges` name.
    ///   - limit: how many ids are held one by one. The index is in the order of protocols and times, so that neighbours may come
    ///     far from each other; where there are more, SQLite sorts them first, beyond its cache in a temporary file.
    /// - Returns: what was found until the index could not be read any further.
    /// - Throws: `SQLiteError` when it cannot be read for another reason than damage: it was interrupted, or there is no room to sort.
    /// - Complexity: linear in the index, and in memory in the number of ranges that is found.
    static func ids(
        besides ranges: [IDRanges],
        on connection: borrowing Connection,
        unsortedLimit limit: Int = 1 << 18
    ) throws(SQLiteError) -> (ids: IDRanges, isWhole: Bool) {
        let all = "SELECT id FROM exchanges INDEXED BY exchanges_by_protocol_and_time"
        var few: [Int64] = []
        do throws(SQLiteError) {
            try forEachID(of: all, besides: ranges, on: connection) { id in
                few.append(id)
                return few.count < limit
            }
            guard few.count >= limit else { return (IDRanges(few), true) }
            var found = IDRanges()
            try forEachID(of: all + " ORDER BY id", besides: ranges, on: connection) { id in
                found.add(id...id)
                return true
            }
            return (found, true)
        } catch {
            guard isDamage(error) else { throw error }
            return (try idsBeforeDamage(of: all, besides: ranges, on: connection), false)
        }
    }

    /// The ids that come before what cannot be read. To sort them takes all of them.
    private static func idsBeforeDamage(
        of sql: String,
        besides ranges: [IDRanges],
        on connection: borrowing Connection
    ) throws(SQLiteError) -> IDRanges {
        var found = IDCollector()
        do throws(SQLiteError) {
            try forEachID(of: sql, besides: ranges, on: connection) { id in
                found.add(id)
                return true
            }
        } catch {
            guard isDamage(error) else { throw error }
        }
        return found.collected()
    }

    /// Whether the index is damaged, or not there any more.
    private static func isDamage(_ error: SQLiteError) -> Bool {
        error.isDamage || error.code.primary == .general
    }

    private static func forEachID(
        of sql: String,
        besides ranges: [IDRanges],
        on connection: borrowing Connection,
        _ body: (Int64) -> Bool
    ) throws(SQLiteError) {
        var statement = try connection.prepare(sql)
        while try statement.step() {
            let id = statement.integerOrZero(at: 0)
            // Ids begin at 1: what has none is a damaged entry.
            guard id > 0, !ranges.contains(where: { $0.contains(id) }) else { continue }
            guard body(id) else { return }
        }
    }
}
