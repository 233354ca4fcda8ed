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
    /// A source may be captured into meanwhile: what it held when the merge came to it is taken. No source is ever written to.
    /// A store does not look for duplicates: what is merged twice is in it twice.
    ///
    /// - Parameters:
    ///   - sources: the stores to take from, in this order.
    ///   - options: who is told how far it is.
    /// - Returns: how much was added.
    /// - Throws: ``TapedeckError``: `unsupported` where a source is this store, whatever its name; `corrupt` where an exchange
    ///   of a source cannot be read; `busy`, `diskFull`, and what else stops reading or writing.
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
                var run = try MergeRun(connection, options, WriteBack(opener.path))
                let summary = try connection.transaction(.immediate) {
                    for source in sources { try run.add(source) }
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
    private let options: MergeOptions
    private let writeBack: WriteBack
    private var insert: BulkInsert
    private var page = ExchangePage()
    private(set) var summary = MergeSummary()

    init(
        _ connection: borrowing Connection,
        _ options: MergeOptions,
        _ writeBack: WriteBack
    ) throws(SQLiteError) {
        self.options = options
        self.writeBack = writeBack
        insert = try BulkInsert(connection)
    }

    /// Adds all that a store holds now.
    mutating func add(_ source: CaptureStore) throws {
        let cursor = try reporting(about: source.path) { try StoreCursor(source.opener, ExchangeFilter()) }
        var hasMore = true
        while hasMore {
            page.removeAll()
            hasMore = try readPage(cursor, of: source)
            // The texts lie in the page, which is used again for the next one.
            defer { insert.forget() }
            for index in 0..<page.count { try insert.add(page[index]) }
            try insert.finish()
            summary.mergedCount += page.count
            summary.byteCount += page.byteCount
            writeBack.note(page.byteCount)
            options.progress?(summary)
        }
    }

    private mutating func readPage(_ cursor: StoreCursor, of source: CaptureStore) throws -> Bool {
        do {
            return try cursor.readPage { _, slices in page.append(slices) }
        } catch {
            let cause = TapedeckError(error, about: source.path)
            guard !cause.message.contains(source.path) else { throw cause }
            throw TapedeckError(cause.code, "\(source.path): \(cause.message)")
        }
    }
}
