internal import TapedeckSQLite

/// Reads a store's exchanges through a filter.
///
/// What it reads is settled at open: nothing above the largest id of that moment. Each page is one short transaction, so
/// that a slow reader never keeps the write-ahead log from being checkpointed.
final class StoreCursor: ExchangeCursor {
    /// Where the next ids come from.
    private enum Source {
        /// The table itself, in the order of ids.
        case walk
        /// Ids found at open; the next one is at the index.
        case list([Int64], next: Int)
        /// Ids merged by time of receipt; those of the last batch from the index on are still to be read.
        case merge(ArrivalMerge, batch: [Int64], next: Int)
    }

    /// How many ids a reader may hold, 8 bytes each. Where more than that match, most of the table does, and it is walked.
    static let defaultListLimit = 1 << 20

    private let connection: Connection
    private let filter: ExchangeFilter
    private var source: Source
    private var walk: TableWalk
    private var fetch: RowFetch
    private var remaining: Int
    private(set) var skippedCount = 0

    init(_ opener: StoreOpener, _ filter: ExchangeFilter, listLimit: Int = defaultListLimit) throws {
        self.filter = filter
        let connection = try opener.connectForReading()
        try connection.execute("BEGIN DEFERRED")
        let snapshot = try StoreSnapshot(on: connection, filter: filter)
        walk = try TableWalk(snapshot, isForward: !filter.takesLast, on: connection)
        fetch = try RowFetch(on: connection)
        switch filter.order {
        case .arrival:
            let merge = try ArrivalMerge(snapshot, isForward: !filter.takesLast, on: connection)
            source = .merge(merge, batch: [], next: 0)
        case .insertion where snapshot.conditions.isEmpty:
            source = .walk
        case .insertion:
            let found = try IndexSearch.ids(of: snapshot, atMost: listLimit, on: connection)
            let ids = filter.takesLast ? found?.reversed() : found
            source = ids.map { .list($0, next: 0) } ?? .walk
        }
        try connection.execute("COMMIT")
        self.connection = connection
        remaining = filter.limit ?? .max
        if filter.takesLast { try turnAround() }
    }

    func readPage(_ deliver: (Int64, ExchangeSlices) throws -> Void) throws -> Bool {
        guard remaining > 0 else { return false }
        var budget = PageBudget()
        return try connection.transaction(.deferred) {
            if case .walk = source {
                return try walk.readPage { id, slices in
                    try offer(id, slices, &budget, deliver)
                    return !budget.isSpent && remaining > 0
                }
            }
            while !budget.isSpent, remaining > 0 {
                let ids = try nextIDs()
                guard !ids.isEmpty else { return false }
                try fetch.rows(ids) { id, row in
                    // An id is passed only when its row was seen: after an error that goes away, it is read again.
                    passID()
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

    /// The ids that come next, a few of them. Each stays until `passID` was called for it.
    private func nextIDs() throws -> ArraySlice<Int64> {
        switch source {
        case .walk:
            return []
        case .list(let ids, let next):
            return ids[next...].prefix(RowFetch.idCount)
        case .merge(let merge, var batch, var next):
            if next == batch.count {
                batch = try merge.nextIDs()
                next = 0
                source = .merge(merge, batch: batch, next: next)
            }
            return batch[next...].prefix(RowFetch.idCount)
        }
    }

    private func passID() {
        switch source {
        case .walk: break
        case .list(let ids, let next): source = .list(ids, next: next + 1)
        case .merge(let merge, let batch, let next): source = .merge(merge, batch: batch, next: next + 1)
        }
    }

    /// Having been set up to go backward, finds the ids of the last exchanges that the limit allows, to read them
    /// forward.
    ///
    /// It holds as many ids as the limit says.
    private func turnAround() throws {
        var ids: [Int64] = []
        while try readPage({ id, _ in ids.append(id) }) {}
        ids.reverse()
        source = .list(ids, next: 0)
        remaining = filter.limit ?? .max
        skippedCount = 0
    }
}
