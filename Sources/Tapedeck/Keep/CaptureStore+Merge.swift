internal import TapedeckSQLite

extension CaptureStore {
    /// Appends the exchanges of other stores.
    ///
    /// They come one source after the other, each in its own insertion order, and get new ids. Everything of an exchange
    /// stays as it is, byte for byte. All of it is one transaction: whenever it is cut short, the store is as it was. Like an
    /// import it holds the writer's lock meanwhile, and needs room for what it adds twice where the store has exchanges.
    ///
    /// ```swift
    /// let days = try ["monday", "tuesday"].map { try CaptureStore(path: "\($0).tapedeck", access: .read) }
    /// try week.merge(days)
    /// ```
    ///
    /// A source may be captured into meanwhile: what it held when the merge came to it is taken. No source is ever written to; of one
    /// that was opened for reading, a log that a killed program left is read, and stays where it is.
    /// A store does not look for duplicates: what is merged twice is in it twice.
    ///
    /// - Parameters:
    ///   - sources: the stores to take from, in this order.
    ///   - options: who is told how far it is.
    /// - Returns: how much was added.
    /// - Throws: ``TapedeckError``: `unsupported` where a source is this store, whatever its name; `corrupt` where an exchange
    ///   of a source cannot be read, or is gone while the index still knows it; `busy`, `diskFull`, and what else stops reading or writing.
    /// - Complexity: linear in what is added. Memory stays bounded.
    @discardableResult
    public func merge(
        _ sources: [CaptureStore],
        options: MergeOptions = MergeOptions()
    ) throws(TapedeckError) -> MergeSummary {
        try reporting(about: path) {
            for source in sources where try FileStatus.areSame(source.path, path) {
                throw TapedeckError(.unsupported, "\(source.path): this is the store that is merged into")
            }
            return try withConnectionForLoad(letsOthersIn: false) { connection in
                var run = try MergeRun(connection, options, opener.path)
                let summary = try connection.transaction(.immediate) {
                    for source in sources { try run.add(source) }
                    options.willCommit?()
                    return run.summary
                }
                options.onCommit?(summary)
                bringInLog(of: connection)
                return summary
            }
        }
    }
}

/// One merge under way.
private struct MergeRun: ~Copyable {
    private static let pageByteCount = 1 << 20

    private let options: MergeOptions
    private let writeBack: WriteBack
    private var insert: BulkInsert
    private var page = ExchangePage()
    private var check = RowCheck()
    private let path: String
    private(set) var summary = MergeSummary()

    init(
        _ connection: borrowing Connection,
        _ options: MergeOptions,
        _ path: String
    ) throws(SQLiteError) {
        self.options = options
        self.path = path
        writeBack = WriteBack(path)
        insert = try BulkInsert(connection)
    }

    /// Adds all that a store holds now.
    mutating func add(_ source: CaptureStore) throws {
        let connection = try reporting(about: source.path) {
            let connection = try source.opener.connectForReading()
            if source.opener.access.isForReading {
                try source.leaveLog()
                try source.opener.leaveLog(by: connection)
            }
            return connection
        }
        var survey = try RowSurvey(of: source.path, on: connection, in: .whole)
        var hasMore = true
        while hasMore {
            hasMore = try reporting(about: source.path) {
                try survey.readPage(
                    row: { id, row in
                        // What was damaged must not get a new checksum, and pass for sound.
                        guard case .success(let row) = row, check.isSound(row) else {
                            throw Self.damage(of: id...id, in: source)
                        }
                        page.append(row.content)
                        if page.byteCount >= Self.pageByteCount { try storePage() }
                    },
                    unreadable: { ids, _ in throw Self.damage(of: ids, in: source) }
                )
            }
            try storePage()
            options.progress?(summary)
        }
        // A table that lost a row ends as one that never had it. The survey's transaction is still open, so that the index is of
        // the same moment: what was deleted meanwhile is in both.
        let lost = try IndexedIDSearch.ids(besides: [survey.delivered], on: connection)
        if let id = lost.ids.ranges.first?.lowerBound { throw Self.damage(of: id...id, in: source) }
        guard lost.isWhole else {
            throw TapedeckError(
                .corrupt,
                "\(source.path): its index is damaged, so that exchanges may be gone unseen; 'tapedeck salvage' brings what is"
                    + " there into an archive"
            )
        }
    }

    /// Stores what was read. Its failures are not those of the source.
    private mutating func storePage() throws(TapedeckError) {
        try reporting(about: path) {
            // The texts lie in the page, which is used again for the next one.
            defer { insert.forget() }
            for index in 0..<page.count { try insert.add(page[index]) }
            try insert.finish()
        }
        summary.mergedCount += page.count
        summary.byteCount += page.byteCount
        writeBack.note(page.byteCount)
        page.removeAll()
    }

    private static func damage(of ids: ClosedRange<Int64>, in source: CaptureStore) -> TapedeckError {
        let what = StoreDamage.name(of: ids) + (ids.count == 1 ? " is" : " are")
        return TapedeckError(
            .corrupt,
            "\(source.path): \(what) damaged; 'tapedeck salvage' brings the others into an archive"
        )
    }
}
