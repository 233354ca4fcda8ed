internal import TapedeckSQLite

extension CaptureStore {
    /// Writes every exchange that can be read and is what was stored to an archive, from a store whose file may be damaged.
    ///
    /// The store's file is not written to. It is read in one long transaction, during which the log of a live store grows: in a
    /// damaged table a place cannot be found again for certain. Where the table no longer leads to exchanges, all pages of the file
    /// are searched for them; what is found so comes last. The archive gets its name only when it is whole and on the disk.
    ///
    /// What a killed program left half done in a store without a log every other reader rolls back in the file. Of a store that was
    /// opened for ``Access/salvage`` it is rolled back in a copy, which is beside the archive for as long as that takes.
    ///
    /// ```swift
    /// let summary = try CaptureStore(path: "damaged.tapedeck", access: .salvage).salvage(to: "saved.jsonl")
    /// print(summary.salvagedCount, summary.missingIDs)
    /// ```
    ///
    /// - Parameters:
    ///   - archive: the archive's path.
    ///   - replaces: whether a file that is there is replaced. It may be what an earlier salvage saved, before more was damaged.
    ///   - progress: called now and then with how far it is.
    ///   - isCancelled: asked now and then, also on another thread. When it says true, the salvage ends with the code `cancelled`
    ///     and leaves nothing.
    /// - Returns: how much was brought back and what is missing.
    /// - Throws: ``TapedeckError``: `corrupt` when not even the table can be found, `exists` where there is a file that is not to
    ///   be replaced, and what keeps the archive from being written.
    /// - Complexity: linear in the size of the file.
    @discardableResult
    public func salvage(
        to archive: String,
        replaces: Bool = false,
        progress: ((SalvageSummary) -> Void)? = nil,
        isCancelled: (@Sendable () -> Bool)? = nil
    ) throws(TapedeckError) -> SalvageSummary {
        let isCancelled = Latch.of(isCancelled)
        if try reporting(about: path, { try opener.hasJournalToRollBack() }) {
            return try Self.salvageCopy(
                of: opener.path,
                hasNewFirstPage: false,
                to: archive,
                replaces: replaces,
                progress: progress,
                isCancelled: isCancelled
            )
        }
        try leaveLog()
        let connection = try reporting(about: path) {
            let connection = try opener.connectForReading()
            try opener.leaveLog(by: connection)
            return connection
        }
        return try reporting(about: archive) {
            try Self.requireFree(archive, replaces: replaces)
            let file = try AtomicFile(archive)
            var run = SalvageRun(of: opener.path, to: file.descriptor, progress: progress) {
                guard isCancelled?() == true else { return }
                throw TapedeckError.salvageCancelled(archive)
            }
            let summary = try connection.interrupting(
                when: isCancelled,
                throwing: TapedeckError.salvageCancelled(archive)
            ) { try run.finish(on: connection) }
            try file.commit(replaces: replaces)
            return summary
        }
    }

    /// Does the same with a store whose file is no longer taken for one, as its first page is lost.
    ///
    /// A copy is read, which has the first page of a new store, and is made beside the archive for as long as that takes. What a
    /// killed program left half done is rolled back in it before. The file itself is not opened as a database at all, and nothing
    /// else may be at work on it.
    ///
    /// - Parameters:
    ///   - path: the damaged file's path.
    ///   - archive: the archive's path.
    ///   - replaces: whether a file that is there is replaced.
    ///   - progress: called now and then with how far it is.
    ///   - isCancelled: asked now and then, also on another thread. When it says true, the salvage ends with the code `cancelled`
    ///     and leaves nothing.
    /// - Returns: how much was brought back and what is missing.
    /// - Throws: ``TapedeckError``: `notFound`, `notAFile`, `corrupt` where even so no table can be found, and what
    ///   ``salvage(to:replaces:progress:isCancelled:)`` throws.
    /// - Complexity: linear in the size of the file, as is the room that the copy takes.
    @discardableResult
    public static func salvageWithNewFirstPage(
        path: String,
        to archive: String,
        replaces: Bool = false,
        progress: ((SalvageSummary) -> Void)? = nil,
        isCancelled: (@Sendable () -> Bool)? = nil
    ) throws(TapedeckError) -> SalvageSummary {
        try reporting(about: path) {
            try StoreOpener(path: path, access: .salvage, options: Options()).requireFile()
        }
        return try salvageCopy(
            of: FileStatus.followingLink(path),
            hasNewFirstPage: true,
            to: archive,
            replaces: replaces,
            progress: progress,
            isCancelled: Latch.of(isCancelled)
        )
    }

    private static func salvageCopy(
        of source: String,
        hasNewFirstPage: Bool,
        to archive: String,
        replaces: Bool,
        progress: ((SalvageSummary) -> Void)?,
        isCancelled: (@Sendable () -> Bool)?
    ) throws(TapedeckError) -> SalvageSummary {
        // Before a long copy is made for nothing.
        try requireFree(archive, replaces: replaces)
        let copy = try SalvageCopy(
            of: source,
            beside: archive,
            hasNewFirstPage: hasNewFirstPage,
            until: { isCancelled?() ?? false }
        )
        guard isCancelled?() != true else { throw TapedeckError.salvageCancelled(archive) }
        return try CaptureStore(path: copy.path, access: .salvage)
            .salvage(to: archive, replaces: replaces, progress: progress, isCancelled: isCancelled)
    }

    /// Throws where a salvage must not take a file's place.
    private static func requireFree(_ archive: String, replaces: Bool) throws(TapedeckError) {
        try reporting(about: archive) {
            guard let status = try FileStatus.of(archive) else { return }
            guard replaces else { throw TapedeckError.exists(archive) }
            try requireReplaceable(archive, status)
        }
    }
}

extension TapedeckError {
    fileprivate static func salvageCancelled(_ archive: String) -> TapedeckError {
        TapedeckError(.cancelled, "\(archive): the salvage was called off; nothing was written")
    }
}
