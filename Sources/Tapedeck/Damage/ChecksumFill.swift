internal import TapedeckSQLite

/// Gives checksums to rows that have none, a page of rows in one short transaction.
final class ChecksumFill {
    typealias Entry = (id: Int64, checksum: Int64)

    private let connection: Connection
    private var update: Statement
    private let checkpointer: Checkpointer

    init(_ opener: StoreOpener) throws {
        connection = try opener.connectForWriting()
        checkpointer = try Checkpointer(opener)
        update = try connection.prepare(
            "UPDATE exchanges SET checksum = ?2 WHERE id = ?1 AND checksum IS NULL"
        )
    }

    deinit {
        checkpointer.waitUntilIdle()
    }

    /// - Parameter entries: ids and checksums. A row's content never changes, so that it is still what they were computed of.
    /// - Returns: how many rows got one; those that are gone do not count.
    /// - Throws: when they cannot be stored; then none of them is.
    func store(_ entries: [Entry]) throws -> Int {
        guard !entries.isEmpty else { return 0 }
        let count = try connection.transaction(.immediate) {
            var count = 0
            for entry in entries {
                try update.bind(entry.id, at: 1)
                try update.bind(entry.checksum, at: 2)
                try update.run()
                count += connection.changedRowCount
            }
            return count
        }
        checkpointer.note(frameCount: connection.logFrameCount)
        return count
    }
}
