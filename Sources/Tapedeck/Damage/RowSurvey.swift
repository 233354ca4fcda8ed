internal import TapedeckSQLite

/// Goes through all rows in the order of their ids, and past those that cannot be read.
///
/// No transaction lasts longer than a page of rows, so that a capture may go on meanwhile.
struct RowSurvey: ~Copyable {
    /// How many ids in a row are tried where none can be read: as many as a damaged inner page of a large store leads to.
    private static let patience = 4_000_000
    private static let pageRowCount = 256

    private var page: Statement
    private var one: Statement
    /// The largest id that there may be.
    let lastID: Int64
    private var position: Int64 = 0

    /// - Throws: `SQLiteError` when not even the largest id can be found.
    init(on connection: borrowing Connection) throws(SQLiteError) {
        let lastID = try Self.lastID(on: connection)
        let page = try connection.prepare(
            """
            SELECT \(StoredRow.columns) FROM exchanges NOT INDEXED WHERE id > ?1 ORDER BY id LIMIT \(Self.pageRowCount)
            """
        )
        let one = try connection.prepare(
            "SELECT \(StoredRow.columns) FROM exchanges NOT INDEXED WHERE id = ?1"
        )
        self.page = page
        self.one = one
        self.lastID = lastID
    }

    /// What the table says, and what SQLite remembers beside it: either may be damaged.
    private static func lastID(on connection: borrowing Connection) throws(SQLiteError) -> Int64 {
        var remembered: Int64?
        do throws(SQLiteError) {
            remembered = try connection.integer("SELECT seq FROM sqlite_sequence WHERE name = 'exchanges'")
        } catch {
            guard error.isDamage else { throw error }
        }
        do throws(SQLiteError) {
            return max(try connection.integer("SELECT max(id) FROM exchanges") ?? 0, remembered ?? 0)
        } catch {
            guard let remembered, error.isDamage else { throw error }
            return remembered
        }
    }

    /// Delivers some more rows.
    ///
    /// - Parameters:
    ///   - row: called with each row, valid only during the call, or with what is wrong with one that makes no exchange.
    ///   - unreadable: called with ids, at most once for each, that cannot be looked up, and SQLite's message.
    /// - Returns: false when there are no more.
    /// - Throws: what the closures throw, and what is no damage, such as a lock that was not to be had.
    mutating func readPage(
        row: (Int64, Result<StoredRow, TapedeckError>) throws -> Void,
        unreadable: (ClosedRange<Int64>, String) throws -> Void
    ) throws -> Bool {
        do {
            try page.bind(position, at: 1)
            defer { page.reset() }
            var count = 0
            while try page.step() {
                let id = page.integerOrZero(at: 0)
                // In a damaged table they may be in any order, and come again and again.
                guard id > position else { throw Disorder() }
                position = id
                count += 1
                try row(id, Result { () throws(TapedeckError) in try StoredRow(page) })
            }
            return count == Self.pageRowCount
        } catch let error as SQLiteError where error.isDamage {
            return try passDamage(error.message, row: row, unreadable: unreadable)
        } catch is Disorder {
            return try passDamage("rows are out of order", row: row, unreadable: unreadable)
        }
    }

    private struct Disorder: Error {}

    /// Tries one id after another until one can be looked up, whether there is a row or not.
    private mutating func passDamage(
        _ message: String,
        row: (Int64, Result<StoredRow, TapedeckError>) throws -> Void,
        unreadable: (ClosedRange<Int64>, String) throws -> Void
    ) throws -> Bool {
        var failed: ClosedRange<Int64>?
        for _ in 0..<Self.patience where position < lastID {
            position += 1
            do {
                try one.bind(position, at: 1)
                defer { one.reset() }
                let isThere = try one.step()
                if let failed { try unreadable(failed, message) }
                if isThere { try row(position, Result { () throws(TapedeckError) in try StoredRow(one) }) }
                // Where an id can be looked up its page is sound; before the first that cannot, it says nothing of the next.
                if isThere || failed != nil { return true }
            } catch let error as SQLiteError where error.isDamage {
                failed = (failed?.lowerBound ?? position)...position
            }
        }
        if let failed { try unreadable(failed.lowerBound...lastID, message) }
        return false
    }
}

extension SQLiteError {
    /// Whether it says that the file is damaged or cannot be read at a place.
    /// A row that is longer than any that a store takes is one such place.
    var isDamage: Bool { [.corrupt, .notADatabase, .inputOutput, .tooBig].contains(code.primary) }
}
