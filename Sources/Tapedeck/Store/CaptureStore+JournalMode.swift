extension CaptureStore {
    /// How SQLite keeps a commit whole, and with that, who waits for whom (<https://sqlite.org/wal.html>).
    public enum JournalMode: Sendable, Hashable {
        /// The write-ahead log: readers and writers do not wait for one another.
        case writeAheadLog
        /// The rollback journal: a commit waits until no reader is within a page, and readers wait until it is done. It is as
        /// safe as the log, and slower.
        case rollback
    }
}
