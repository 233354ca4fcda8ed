internal import TapedeckSQLite

extension CaptureStore {
    /// Deletes exchanges, gives their space back, and erases them if that is wanted.
    ///
    /// ```swift
    /// var options = PruneOptions()
    /// options.beforeNanoseconds = WallClock.system.nanoseconds() - 30 * 86_400_000_000_000
    /// options.erases = true
    /// let summary = try store.prune(options)
    /// if summary.erasure != .erased { print("their bytes are not gone yet") }
    /// ```
    ///
    /// A capture goes on meanwhile. Each transaction deletes at most 256 exchanges or 1 MiB, or one that is larger, and is
    /// followed by a pause as long as itself, in which others may write. Readers pass deleted exchanges over. Their ids are
    /// never given again. Free pages are cut off the file in small steps.
    ///
    /// What is deleted is overwritten with zeros (`secure_delete`), but SQLite leaves copies of rows where it once moved them
    /// between pages, and knows no more of these. Therefore only ``PruneOptions/erases`` promises that nothing is left: it writes
    /// the file anew and cuts the log, and a capture's queue fills meanwhile. ``PruneSummary/erasure`` tells whether that came to
    /// its end. It says nothing of backups, or of what the file system or the disk keeps of blocks that it no longer uses. Where
    /// it did not come to its end, the same call does so later, even if nothing is left to delete.
    ///
    /// Exchanges are found by the index, and each must meet the time and the protocol itself. Where it does not, the store is
    /// damaged, and the pruning ends with `corrupt`. It does so before it deletes anything where the index and the table differ in
    /// how many bytes are kept.
    ///
    /// - Parameter options: which exchanges. Without a condition it is wrong use and traps.
    /// - Returns: what was deleted, and whether it is erased.
    /// - Throws: ``TapedeckError``: `busy`, `readOnly`, `cancelled`, `corrupt`, `diskFull`, and what else stops reading or
    ///   writing. What was deleted until then stays deleted.
    /// - Complexity: linear in the size of the index and in what is deleted; with `keepByteCount`, in the rows that are kept, but for
    ///   what of them stands in overflow pages; with `erases`, in what the store holds.
    @discardableResult
    public func prune(_ options: PruneOptions) throws(TapedeckError) -> PruneSummary {
        precondition(options.hasCondition, "pruning without a condition would delete everything")
        precondition(options.keepByteCount ?? 0 >= 0, "a number of bytes is not negative")
        var options = options
        options.isCancelled = Latch.of(options.isCancelled)
        return try reporting(about: path) {
            if options.isDryRun {
                return try PrunePlan.settled(options, of: opener.path, on: try opener.connectForReading())
                    .summary
            }
            let run = try PruneRun(opener, options)
            return try run.finish()
        }
    }
}
