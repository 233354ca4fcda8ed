extension Connection {
    /// How a transaction begins.
    package enum TransactionKind: String, Sendable {
        /// Takes the lock that the first statement needs, when it needs it: for reading.
        case deferred = "BEGIN DEFERRED"
        /// Takes the writer's lock at once, so that no later statement can fail for the want of it.
        case immediate = "BEGIN IMMEDIATE"
    }

    /// Runs `body` inside one transaction: committed when it returns, rolled back when it throws.
    ///
    /// - Parameters:
    ///   - kind: `.immediate` for whatever will write.
    ///   - body: the work. It must not begin a transaction of its own.
    /// - Returns: what `body` returns.
    /// - Throws: what `body` throws, or `SQLiteError` when the transaction cannot begin or commit; then nothing of it
    ///   is kept.
    package borrowing func transaction<Result>(
        _ kind: TransactionKind,
        _ body: () throws -> Result
    ) throws -> Result {
        try execute(kind.rawValue)
        do {
            let result = try body()
            try execute("COMMIT")
            return result
        } catch {
            rollBack()
            throw error
        }
    }

    /// Ends an open transaction without keeping anything of it.
    ///
    /// After an I/O error or a full disk SQLite may have rolled back by itself; asking again would only hide the
    /// first error behind "no transaction is active".
    package borrowing func rollBack() {
        if isInTransaction { try? execute("ROLLBACK") }
    }
}
