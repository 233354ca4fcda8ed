internal import TapedeckSQLite

/// Reads a store's exchanges through a filter.
///
/// What it reads is settled at open: nothing above the largest id of that moment. Each page is one short transaction, so
/// that a slow reader never keeps the write-ahead log from being checkpointed.
final class StoreCursor: ExchangeCursor {
    /// Where the next ids come from, where the table itself is not walked.
    private enum Source {
        /// Ids found at open.
        case list([Int64])
        /// Ids merged by time of receipt, and the last batch of them.
        case merge(ArrivalMerge, batch: [Int64])
    }

    /// How many ids a reader may hold, 8 bytes each. Where more than that match, most of the table does, and it is walked.
    static let defaultListLimit = 1 << 20

    private let connection: Connection
    private let filter: ExchangeFilter
    private var source: Source
    /// Where the next id stands in the list or the batch.
    private var position = 0
    /// Goes through the table itself, where no ids are listed.
    private var walk: TableWalk?
    private var fetch: RowFetch
    private let snapshot: StoreSnapshot
    private let path: String
    private var remaining: Int
    /// How many ids of a list or a merge were passed.
    private var passedCount = 0
    private(set) var skippedCount = 0
    /// Whether what was read needs no comparing with the index any more.
    private var isCompared = false
    /// What comparing found at open, to be thrown at the end.
    private var loss: TapedeckError?

    init(_ opener: StoreOpener, _ filter: ExchangeFilter, listLimit: Int = defaultListLimit) throws {
        self.filter = filter
        let connection = try opener.connectForReading()
        try connection.execute("BEGIN DEFERRED")
        snapshot = try StoreSnapshot(on: connection, filter: filter)
        fetch = try RowFetch(on: connection)
        switch filter.order {
        case .arrival:
            let merge = try ArrivalMerge(snapshot, isForward: !filter.takesLast, on: connection)
            source = .merge(merge, batch: [])
        case .insertion:
            let found =
                snapshot.conditions.isEmpty
                ? nil : try IndexSearch.ids(of: snapshot, atMost: listLimit, on: connection)
            let ids = filter.takesLast ? found?.reversed() : found
            source = .list(ids ?? [])
            if ids == nil { walk = try TableWalk(snapshot, isForward: !filter.takesLast, on: connection) }
        }
        try connection.execute("COMMIT")
        self.connection = connection
        path = opener.path
        remaining = filter.limit ?? .max
        if filter.takesLast { try turnAround() }
    }

    func readPage(_ deliver: (Int64, ExchangeSlices) throws -> Void) throws -> Bool {
        guard remaining > 0 else { return false }
        var budget = PageBudget()
        return try connection.transaction(.deferred) {
            let hasMore = try walk?.readPage { id, slices in
                try offer(id, slices, &budget, deliver)
                return !budget.isSpent && remaining > 0
            }
            if let hasMore {
                if !hasMore { try requireAll() }
                return hasMore
            }
            while !budget.isSpent, remaining > 0 {
                let ids = try nextIDs()
                guard !ids.isEmpty else {
                    try requireAll()
                    return false
                }
                try fetch.rows(ids) { id, row in
                    // An id is passed only when its row was seen: after an error that goes away, it is read again.
                    position += 1
                    passedCount += 1
                    guard let slices = try row.get() else {
                        skippedCount += 1
                        return true
                    }
                    try offer(id, slices, &budget, deliver)
                    return !budget.isSpent && remaining > 0
                }
            }
            return true
        }
    }

    /// Delivers an exchange if it says what the filter asks of its texts.
    private func offer(
        _ id: Int64,
        _ slices: ExchangeSlices,
        _ budget: inout PageBudget,
        _ deliver: (Int64, ExchangeSlices) throws -> Void
    ) throws {
        budget.take(slices)
        guard filter.matchesTexts(slices) else { return }
        remaining -= 1
        try deliver(id, slices)
    }

    /// The ids that come next, a few of them. Each stays until the position is past it.
    private func nextIDs() throws -> ArraySlice<Int64> {
        switch source {
        case .list(let ids):
            return ids[position...].prefix(RowFetch.idCount)
        case .merge(let merge, var batch):
            if position == batch.count {
                batch = try merge.nextIDs()
                position = 0
                source = .merge(merge, batch: batch)
            }
            return batch[position...].prefix(RowFetch.idCount)
        }
    }

    /// Throws, once, where the index knows of more exchanges than were found: a table that lost a row ends as one that never
    /// had it.
    ///
    /// The index is asked in the transaction of the last page, and each page before had one of its own. So nothing is called lost
    /// that is not: what was deleted meanwhile was found before it was, or is not in the index either, and no id is given again.
    /// But each one that was deleted after it was found makes up for one that is lost. To compare ids instead would take memory
    /// by the gaps between them; whoever must know reads in one transaction, as a merge and a salvage do.
    private func requireAll() throws {
        if let error = loss.take() { throw error }
        guard !isCompared else { return }
        let foundCount: Int
        if let rowCount = walk?.rowCount {
            foundCount = rowCount
            // Where none was ever deleted there is nothing to ask.
            isCompared = snapshot.conditions.isEmpty && foundCount == snapshot.lastID
        } else {
            foundCount = passedCount - skippedCount
            isCompared = skippedCount == 0
        }
        guard !isCompared else { return }
        let indexedCount: Int
        do throws(SQLiteError) {
            indexedCount = try IndexSearch.count(of: snapshot, on: connection)
        } catch {
            isCompared = error.isDamage
            throw error
        }
        isCompared = true
        let missingCount = indexedCount - foundCount
        guard missingCount > 0 else { return }
        throw TapedeckError(
            .corrupt,
            "\(path): the file is damaged: its index knows of \(missingCount) more than could be found; 'tapedeck salvage' names"
                + " what is missing, and brings the others into an archive"
        )
    }

    /// Having been set up to go backward, finds the ids of the last exchanges that the limit allows, to read them
    /// forward.
    ///
    /// It holds as many ids as the limit says.
    private func turnAround() throws {
        var ids: [Int64] = []
        do {
            while try readPage({ id, _ in ids.append(id) }) {}
        } catch let error as TapedeckError where isCompared {
            // What is there can be read all the same.
            loss = error
        }
        ids.reverse()
        walk = nil
        source = .list(ids)
        position = 0
        remaining = filter.limit ?? .max
        skippedCount = 0
        // What the index has before these is not wanted.
        isCompared = true
    }
}
