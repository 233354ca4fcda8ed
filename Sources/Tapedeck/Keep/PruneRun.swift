internal import TapedeckSQLite

/// One pruning under way.
final class PruneRun {
    /// What one transaction deletes at the most, if not a single exchange.
    private static let transactionRowCount = 256
    private static let transactionByteCount = 1 << 20
    /// How many pages one transaction cuts off the file.
    private static let transactionPageCount = 32
    /// How long others are let in after a transaction, at the most.
    private static let longestPauseMilliseconds = 50

    private let options: PruneOptions
    private let connection: Connection
    private let checkpointer: Checkpointer
    private let opener: StoreOpener
    private var plan: PrunePlan
    private var deletion: PruneDeletion
    private var summary: PruneSummary

    init(_ opener: StoreOpener, _ options: PruneOptions) throws {
        self.options = options
        let connection = try opener.connectForWriting()
        // Nobody is told that anything is gone before all of it is in the file and on the disk.
        try connection.setDurability(.normal)
        checkpointer = try Checkpointer(opener)
        self.opener = opener
        let plan = try PrunePlan.settled(options, of: opener.path, on: connection)
        summary = plan.summary
        deletion = try plan.deletion(on: connection)
        self.plan = plan
        self.connection = connection
    }

    /// Does all of it.
    func finish() throws -> PruneSummary {
        defer { checkpointer.waitUntilIdle() }
        try deleteAll()
        try cutFreePages()
        summary.erasure = try erase()
        return summary
    }

    /// Writes the file anew and cuts the log, if that is wanted.
    private func erase() throws -> PruneSummary.Erasure {
        checkpointer.waitUntilIdle()
        guard options.erases else {
            // The file gives space back only when the log is brought in; a capture does it later, too.
            _ = try cutLog(patienceMilliseconds: 0)
            return .possiblyRemains
        }
        // With a rollback journal, the folder is synchronized too: a journal that a power failure brings back holds what is
        // to be gone, and puts it back.
        try connection.setDurability(.full)
        // `secure_delete` overwrites a row where it stands, but not what SQLite left behind when it moved it.
        try connection.execute("VACUUM")
        return try cutLog(patienceMilliseconds: opener.options.busyTimeoutMilliseconds) ? .erased : .heldInLog
    }

    /// Brings the log into the file and cuts it, as soon as nobody else uses it.
    ///
    /// - Parameter patienceMilliseconds: how long others may use it, about.
    /// - Returns: false where others use it for longer.
    /// - Throws: what the disk says.
    private func cutLog(patienceMilliseconds: Int32) throws -> Bool {
        let checkpoint = try StoreCheckpoint(opener)
        for _ in 0...max(0, patienceMilliseconds) {
            if try checkpoint.cutLog() {
                try checkpoint.connection.synchronizeLog()
                return true
            }
            Connection.sleep(milliseconds: 1)
        }
        return false
    }

    private func deleteAll() throws {
        var fruitlessCount = 0
        while true {
            let list = try plan.next(on: connection)
            guard !list.isEmpty else { return }
            let before = summary.deletedCount
            var rest = list[...]
            while let first = rest.first {
                var byteCount = first.byteCount
                var count = 1
                for found in rest.dropFirst().prefix(Self.transactionRowCount - 1) {
                    byteCount += found.byteCount
                    guard byteCount <= Self.transactionByteCount else { break }
                    count += 1
                }
                try deleteSome(rest.prefix(count))
                rest = rest.dropFirst(count)
            }
            // Another program may have deleted them just now, but not again and again.
            fruitlessCount = summary.deletedCount == before ? fruitlessCount + 1 : 0
            guard fruitlessCount < 3 else {
                throw damage("the index names exchanges that are not there")
            }
        }
    }

    private func deleteSome(_ found: ArraySlice<PruneSearch.Found>) throws {
        var (count, byteCount) = (0, 0)
        try transaction {
            for found in found {
                switch try deletion.run(found, on: connection) {
                case .deleted:
                    count += 1
                    byteCount += found.byteCount
                case .foundNone: break
                case .foundAnother:
                    throw damage("the index names exchange \(found.id), which was not asked for")
                }
            }
        }
        summary.deletedCount += count
        summary.deletedByteCount += byteCount
        options.progress?(summary)
    }

    /// Where the index and the table differ, more would be broken by going on.
    private func damage(_ what: String) -> TapedeckError {
        TapedeckError(
            .corrupt,
            "\(opener.path): the store's file is damaged (\(what)), and the pruning ends, with \(summary.deletedCount) exchanges"
                + " deleted; 'tapedeck verify' tells what is wrong with it, and 'tapedeck salvage' saves what can be read"
        )
    }

    /// Moves the last pages of the file into its free ones, and cuts it.
    private func cutFreePages() throws {
        let isIncremental = try connection.integer("PRAGMA auto_vacuum") == 2
        let pageByteCount = Int(try connection.integer("PRAGMA page_size") ?? 0)
        var freeCount = Int(try connection.integer("PRAGMA freelist_count") ?? 0)
        while isIncremental && freeCount > 0 {
            try transaction {
                try connection.execute("PRAGMA incremental_vacuum(\(Self.transactionPageCount))")
            }
            let left = Int(try connection.integer("PRAGMA freelist_count") ?? 0)
            // Where a capture uses free pages as fast, it does not matter any more.
            guard left < freeCount else { return }
            summary.freedByteCount += (freeCount - left) * pageByteCount
            freeCount = left
            options.progress?(summary)
        }
    }

    /// Runs a short transaction, and then lets others in for as long as it took.
    private func transaction(_ body: () throws -> Void) throws {
        if options.isCancelled?() == true {
            throw TapedeckError(
                .cancelled,
                "the pruning was called off after \(summary.deletedCount) exchanges were deleted; prune again to erase them"
            )
        }
        // Without the time that it waited for the lock.
        var start = ContinuousClock.now
        try connection.transaction(.immediate) {
            start = .now
            try body()
        }
        let taken = ContinuousClock.now - start
        summary.longestTransaction = max(summary.longestTransaction, taken)
        checkpointer.note(frameCount: connection.logFrameCount)
        let milliseconds = Int(taken / .milliseconds(1))
        Connection.sleep(milliseconds: Int32(min(max(1, milliseconds), Self.longestPauseMilliseconds)))
    }
}
