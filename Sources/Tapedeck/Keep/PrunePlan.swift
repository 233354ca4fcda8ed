internal import TapedeckSQLite

/// What is to be pruned, settled once, so that a capture that goes on changes nothing in it.
struct PrunePlan: ~Copyable {
    private var search: PruneSearch
    /// What was found at the beginning.
    let summary: PruneSummary

    /// - Throws: `SQLiteError` when the store cannot be read, and what says that it is damaged.
    private init(_ options: PruneOptions, of path: String, on connection: borrowing Connection) throws {
        try connection.execute("BEGIN DEFERRED")
        defer { connection.rollBack() }
        var search = try PruneSearch(options, on: connection)
        if let byteCount = options.keepByteCount, try !search.keepLast(byteCount: byteCount) {
            throw TapedeckError(
                .corrupt,
                "\(path): the store's file is damaged (its index and its table differ in how many bytes exchanges have), and"
                    + " nothing was deleted; 'tapedeck verify' tells what is wrong with it, and 'tapedeck salvage' saves what can be"
                    + " read"
            )
        }
        var summary = PruneSummary()
        try search.forEach { found in
            summary.matchedCount += 1
            summary.matchedByteCount += found.byteCount
            return true
        }
        self.search = search
        self.summary = summary
    }

    /// Makes a plan, and makes it no further once it is called off.
    ///
    /// - Parameters:
    ///   - options: what is pruned. `isCancelled` must stay with a yes (`Latch`).
    ///   - path: the store's path.
    ///   - connection: where to search.
    /// - Returns: the plan.
    /// - Throws: what `init` throws, and `cancelled`.
    static func settled(
        _ options: PruneOptions,
        of path: String,
        on connection: borrowing Connection
    ) throws -> PrunePlan {
        try connection.interrupting(
            when: options.isCancelled,
            throwing: TapedeckError(
                .cancelled,
                "\(path): the pruning was called off before anything was deleted"
            )
        ) { try PrunePlan(options, of: path, on: connection) }
    }

    /// Deletes what is listed.
    func deletion(on connection: borrowing Connection) throws(SQLiteError) -> PruneDeletion {
        try search.deletion(on: connection)
    }

    /// Lists exchanges that are still there, in the order of their ids, as many as memory is for.
    mutating func next(on connection: borrowing Connection) throws -> [PruneSearch.Found] {
        let limit = 1 << 18
        var list: [PruneSearch.Found] = []
        try connection.execute("BEGIN DEFERRED")
        defer { connection.rollBack() }
        try search.forEach { found in
            list.append(found)
            return list.count < limit
        }
        // Neighbours share pages, which are then written once.
        list.sort { $0.id < $1.id }
        return list
    }
}
