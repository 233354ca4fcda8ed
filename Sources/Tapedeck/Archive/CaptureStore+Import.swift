internal import TapedeckSQLite

extension CaptureStore {
    /// Reads archives into the store.
    ///
    /// All of it is one transaction: whenever it is cut short, by an error, a kill or a power failure, the store is as it
    /// was. It holds the store's writer lock for as long as it takes, so that other writers wait; with a batch size they
    /// get their turn, and what was committed stays when it is cut short. Memory does not grow with the archive.
    ///
    /// Into a store that holds nothing yet it goes without the write-ahead log, for twice the speed: until it is done,
    /// whoever would read the store, or import into it too, finds it locked, unless there is a batch size. Into any other
    /// store it needs room for the archive twice, as all of it is in the log until the commit.
    ///
    /// ```swift
    /// let summary = try store.importArchives([.file("monday.jsonl")])
    /// print("\(summary.importedCount) exchanges")
    /// ```
    ///
    /// - Parameters:
    ///   - archives: where the archives are, read in this order.
    ///   - options: what to do with bad lines, and the rest.
    /// - Returns: how much was imported.
    /// - Throws: ``TapedeckError``: `notAnArchive` for a compressed file, UTF-16 or UTF-32, `invalidLine` or `lineTooLong` with its
    ///   location for a bad line unless those are skipped, `busy`, `diskFull`, and what else stops reading or writing.
    /// - Complexity: linear in the archives' length, in the memory of twice their longest line, SQLite's copy being one of them, and
    ///   some 40 MB. Members beyond the five that an exchange has count three times.
    @discardableResult
    public func importArchives(
        _ archives: [ArchiveInput],
        options: ImportOptions = ImportOptions()
    ) throws(TapedeckError) -> ImportSummary {
        try reporting(about: path) {
            try withConnectionForLoad(letsOthersIn: options.batchCount != nil) { connection in
                try importArchives(archives, options, on: connection)
            }
        }
    }

    private func importArchives(
        _ archives: [ArchiveInput],
        _ options: ImportOptions,
        on connection: borrowing Connection
    ) throws -> ImportSummary {
        let checkpointer = options.batchCount == nil ? nil : try Checkpointer(opener)
        defer { checkpointer?.waitUntilIdle() }
        var run = try ImportRun(connection, options, WriteBack(opener.path), checkpointer)
        let summary = try run.importAll(archives, into: connection)
        // Bringing the log into the store takes as long again, in which the import is done and nobody should wait to know.
        options.onCommit?(summary)
        checkpointer?.waitUntilIdle()
        bringInLog(of: connection)
        return summary
    }
}

/// One import under way.
private struct ImportRun: ~Copyable {
    private let options: ImportOptions
    private var insert: BulkInsert
    private var summary = ImportSummary()
    private var committedCount = 0
    private let writeBack: WriteBack
    private let checkpointer: Checkpointer?

    init(
        _ connection: borrowing Connection,
        _ options: ImportOptions,
        _ writeBack: WriteBack,
        _ checkpointer: Checkpointer?
    ) throws(SQLiteError) {
        self.options = options
        self.writeBack = writeBack
        self.checkpointer = checkpointer
        insert = try BulkInsert(connection)
    }

    mutating func importAll(
        _ archives: [ArchiveInput],
        into connection: borrowing Connection
    ) throws -> ImportSummary {
        try connection.execute("BEGIN IMMEDIATE")
        do {
            for archive in archives { try importOne(archive, into: connection) }
            options.willCommit?()
            try writeBack.beside { try connection.execute("COMMIT") }
        } catch {
            connection.rollBack()
            throw explained(error)
        }
        return summary
    }

    private mutating func importOne(_ archive: ArchiveInput, into connection: borrowing Connection) throws {
        var reader = try LineBlockReader(
            archive,
            lineLimit: options.lineLimit,
            endsAtLongLine: options.badLines == .stop
        )
        var scanner = ArchiveScanner(archive.name, lineLimit: options.lineLimit)
        let blocks = ArchivePipeline { block throws(TapedeckError) in
            guard try reader.fill(block) else { return false }
            scanner.scan(block)
            return true
        }
        let before = summary.byteCount
        while let block = try blocks.next() {
            // The texts lie in the block, which goes back when the next one is taken.
            defer { insert.forget() }
            for line in block.lines {
                switch line.content {
                case .exchange(let slices): try store(slices, into: connection)
                case .invalid(let index): try take(block.rejects[index])
                }
            }
            try insert.finish()
            writeBack.note(before + block.end - summary.byteCount)
            summary.byteCount = before + block.end
            options.progress?(summary)
        }
    }

    private mutating func store(
        _ slices: ExchangeSlices,
        into connection: borrowing Connection
    ) throws {
        try insert.add(slices)
        summary.importedCount += 1
        if let batch = options.batchCount, summary.importedCount - committedCount >= batch {
            try insert.finish()
            try connection.execute("COMMIT")
            committedCount = summary.importedCount
            checkpointer?.note(frameCount: connection.logFrameCount)
            try connection.execute("BEGIN IMMEDIATE")
        }
    }

    private mutating func take(_ reject: ArchiveReject) throws {
        guard options.badLines == .skip else { throw reject.error }
        summary.rejectedCount += 1
        if summary.firstRejects.count < ImportSummary.namedRejects { summary.firstRejects.append(reject) }
        try options.onReject?(reject)
    }

    private func explained(_ error: any Error) -> any Error {
        guard committedCount > 0 else { return error }
        let cause = TapedeckError(error, about: "import")
        return TapedeckError(
            cause.code,
            "\(cause.message); the \(committedCount) exchanges of the batches before are in the store",
            at: cause.location
        )
    }
}
