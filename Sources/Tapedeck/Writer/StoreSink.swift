internal import TapedeckSQLite

/// Puts groups of exchanges into a store, one transaction each.
final class StoreSink: ExchangeSink {
    private let connection: Connection
    private let path: String
    /// Of the file that is open, whatever is at its path by now.
    private let identity: FileStatus.Identity?
    private let durability: CaptureStore.Durability
    private var insert: BulkInsert
    let checkpointer: Checkpointer
    /// Whether commits may still be on their way to the disk.
    private var isBehind = false

    init(_ opener: StoreOpener) throws {
        durability = opener.options.durability
        connection = try opener.connectForWriting()
        path = opener.path
        identity = try FileStatus.of(path)?.identity
        insert = try BulkInsert(connection)
        checkpointer = try Checkpointer(opener)
    }

    func requirePlace() throws {
        guard let identity, try FileStatus.of(path)?.identity == identity else {
            throw TapedeckError.moved(path)
        }
    }

    var failedCheckpointCount: Int { checkpointer.failedCount }

    deinit {
        // Nobody holds the store open once its writer is gone.
        checkpointer.waitUntilIdle()
    }

    func store(_ group: inout [RecordedExchange], isDurable: Bool) throws {
        let mustCatchUp = isDurable && durability == .normal && (isBehind || !group.isEmpty)
        guard !group.isEmpty || mustCatchUp else { return }
        if mustCatchUp { try connection.setDurability(.full) }
        defer { if mustCatchUp { try? connection.setDurability(.normal) } }
        try connection.transaction(.immediate) {
            if group.isEmpty {
                // A commit syncs the log only if it changes something; this writes page 1 as it is.
                let version = try connection.integer("PRAGMA user_version") ?? 0
                try connection.execute("PRAGMA user_version = \(version)")
            }
            for start in stride(from: 0, to: group.count, by: BulkInsert.rowCount) {
                // The texts are borrowed until here, and so must SQLite's knowledge of them be.
                defer { insert.forget() }
                try write(group[start...].prefix(BulkInsert.rowCount))
            }
        }
        checkpointer.note(frameCount: connection.logFrameCount)
        isBehind = durability == .normal && !isDurable
        group.removeAll(keepingCapacity: true)
    }

    /// Inserts as many exchanges as one statement takes, or fewer: nested in one another, so that the texts of all stay in
    /// place until the statement ran.
    private func write(_ exchanges: ArraySlice<RecordedExchange>) throws {
        guard let first = exchanges.first else { return try insert.finish() }
        try first.withSlices { slices in
            try insert.add(slices)
            try write(exchanges.dropFirst())
        }
    }
}
