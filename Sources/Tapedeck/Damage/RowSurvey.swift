internal import TapedeckSQLite

/// Goes through all rows as they stand in the table, and past those that cannot be read.
///
/// In a damaged table a row may stand at a place that is not its id's, or come twice. None that can be read is passed over for it,
/// and none comes twice but for one that stands out of its place.
struct RowSurvey: ~Copyable {
    /// For how long it reads the state of one moment.
    enum Transaction {
        /// A page of rows, so that writers may go on meanwhile. Finding its place again by an id can fail in a damaged table.
        case page
        /// All rows, wherever they stand, and after them what the index has of the same moment.
        case whole
    }

    /// How many ids in a row are tried where none can be read: as many as a damaged inner page of a large store leads to.
    private static let patience = 4_000_000
    /// After how many the index is asked where ids go on: those of a pruned store begin far up.
    private static let gapPatience = 4096
    private static let pageRowCount = 256

    private var page: Statement
    private var one: Statement
    /// Nil where there is no index any more.
    private let indexedIDs: IndexedIDSearch?
    /// The largest id that there may be.
    private let lastID: Int64
    private let transaction: Transaction
    private var isUnderWay = false
    /// The id of the row before the latest that is in its place.
    private var settled: Int64 = 0
    /// The id of the latest row that seems to be in its place: the next one tells.
    private var latest: Int64 = 0
    private var latestChecksum: Int64?
    /// The ids of the rows that it came to.
    private(set) var delivered = IDRanges()

    /// - Throws: ``TapedeckError`` when the store cannot be read, or does not say where its table is.
    init(
        of path: String,
        on connection: borrowing Connection,
        in transaction: Transaction
    ) throws(TapedeckError) {
        do throws(SQLiteError) {
            if transaction == .whole { try connection.execute("BEGIN DEFERRED") }
            let lastID = try Self.lastID(on: connection)
            let page = try connection.prepare(
                "SELECT \(StoredRow.columns) FROM exchanges NOT INDEXED WHERE id > ?1 ORDER BY id"
            )
            let one = try connection.prepare(
                "SELECT \(StoredRow.columns) FROM exchanges NOT INDEXED WHERE id = ?1"
            )
            self.page = page
            self.one = one
            indexedIDs = try? IndexedIDSearch(on: connection)
            self.lastID = lastID
            self.transaction = transaction
        } catch {
            throw error.isDamage ? .beyondSalvage(path, error) : TapedeckError(error, about: path)
        }
    }

    /// What the table says, and what SQLite remembers beside it: either may be damaged, or both.
    private static func lastID(on connection: borrowing Connection) throws(SQLiteError) -> Int64 {
        let remembered = try StoreSchema.rememberedID(on: connection)
        do throws(SQLiteError) {
            return max(try connection.integer("SELECT max(id) FROM exchanges") ?? 0, remembered ?? 0)
        } catch {
            guard error.isDamage else { throw error }
            return remembered ?? 0
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
            if !isUnderWay { try page.bind(settled, at: 1) }
            isUnderWay = true
            var hasNew = false
            for _ in 0..<Self.pageRowCount {
                guard try page.step() else { return false }
                let id = page.integerOrZero(at: 0)
                guard isNew(id, checksum: page.integer(at: StoreSchema.checksumColumn)) else { continue }
                hasNew = true
                try row(id, Result { () throws(TapedeckError) in try StoredRow(page) })
            }
            // Where all came before, beginning anew could lead there again and again.
            if transaction == .page && hasNew { pause() }
            return true
        } catch let error as SQLiteError where error.isDamage {
            pause()
            return try passDamage(error.message, row: row, unreadable: unreadable)
        }
    }

    private mutating func pause() {
        page.reset()
        isUnderWay = false
    }

    /// Takes note of the row that comes next, and tells whether it came before.
    private mutating func isNew(_ id: Int64, checksum: Int64?) -> Bool {
        defer { latestChecksum = checksum }
        if id > latest {
            settled = latest
            latest = id
        } else if id == latest {
            // Either of two rows may have got the other's id.
            if checksum == latestChecksum { return false }
        } else {
            if delivered.contains(id) { return false }
            // The row before stood too high, or this one stands too low.
            if id > settled { latest = id }
        }
        delivered.add(id...id)
        return true
    }

    /// Tries one id after another until one can be looked up, whether there is a row or not.
    private mutating func passDamage(
        _ message: String,
        row: (Int64, Result<StoredRow, TapedeckError>) throws -> Void,
        unreadable: (ClosedRange<Int64>, String) throws -> Void
    ) throws -> Bool {
        var failed: ClosedRange<Int64>?
        var position = settled
        var tries = 0
        while position < lastID {
            let isSpent = tries == Self.patience
            if isSpent || tries == Self.gapPatience {
                if let next = try indexedIDs?.next(after: position) {
                    position = min(next, lastID) - 1
                    if isSpent { tries = Self.gapPatience }
                } else if isSpent {
                    break
                }
            }
            tries += 1
            position += 1
            if delivered.contains(position) { continue }
            do {
                try one.bind(position, at: 1)
                defer { one.reset() }
                let isThere = try one.step()
                if let failed { try unreadable(failed, message) }
                if isThere {
                    delivered.add(position...position)
                    try row(position, Result { () throws(TapedeckError) in try StoredRow(one) })
                }
                (settled, latest) = (position, position)
                // Where an id can be looked up its page is sound; before the first that cannot, it says nothing of the next.
                if isThere || failed != nil { return true }
            } catch let error as SQLiteError where error.isDamage {
                failed = (failed?.lowerBound ?? position)...position
            }
        }
        if let failed {
            try unreadable(failed.lowerBound...lastID, message)
        } else if position < lastID {
            try unreadable(position + 1...lastID, message)
        }
        return false
    }
}

extension TapedeckError {
    /// Of a damaged store not even the way to its rows can be read.
    static func beyondSalvage(_ path: String, _ error: SQLiteError) -> TapedeckError {
        TapedeckError(
            .corrupt,
            "\(path): the store's file is damaged where it says what is in it (\(error.message)); 'tapedeck salvage"
                + " --new-first-page' may still find its exchanges"
        )
    }
}

extension SQLiteError {
    /// Whether it says that the file is damaged or cannot be read at a place.
    /// A row that is longer than any that a store takes is one such place.
    var isDamage: Bool { [.corrupt, .notADatabase, .inputOutput, .tooBig].contains(code.primary) }
}
