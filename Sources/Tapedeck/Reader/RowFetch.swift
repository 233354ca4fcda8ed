internal import TapedeckSQLite

/// Fetches rows by their ids, many to a statement: a statement of its own for each row would spend as long on its beginning
/// and end as on a small row.
struct RowFetch: ~Copyable {
    /// The most ids of one statement.
    static let idCount = 32

    private var statement: Statement

    init(on connection: borrowing Connection) throws(SQLiteError) {
        statement = try connection.prepare(StoreSchema.selectMany(idCount: Self.idCount))
    }

    /// Fetches rows in the order of `ids`.
    ///
    /// - Parameters:
    ///   - ids: at most `idCount`.
    ///   - deliver: called with each id and its row, valid only during the call: nil where there is none any more, a
    ///     failure where it is damaged. It returns false to end there.
    /// - Throws: `SQLiteError` when a row cannot be read, and what `deliver` throws.
    mutating func rows(
        _ ids: ArraySlice<Int64>,
        _ deliver: (Int64, Result<ExchangeSlices?, any Error>) throws -> Bool
    ) throws {
        for slot in 0..<Self.idCount {
            let index = ids.startIndex + slot
            if index < ids.endIndex {
                try statement.bind(ids[index], at: Int32(slot + 1))
            } else {
                try statement.bindNull(at: Int32(slot + 1))
            }
        }
        defer { statement.reset() }
        var next = ids.startIndex
        while try statement.step() {
            let id = statement.integerOrZero(at: 0)
            while next < ids.endIndex, ids[next] != id {
                guard try deliver(ids[next], .success(nil)) else { return }
                next += 1
            }
            next += 1
            let row = Result<ExchangeSlices?, any Error> { try StoreSchema.slices(of: statement) }
            guard try deliver(id, row) else { return }
        }
        for id in ids[min(next, ids.endIndex)...] {
            guard try deliver(id, .success(nil)) else { return }
        }
    }
}
