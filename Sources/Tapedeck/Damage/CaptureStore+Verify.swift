internal import TapedeckSQLite

extension CaptureStore {
    /// Checks that the file is what was stored: its structure by SQLite, and every row by its checksum and by the rules of
    /// the line format.
    ///
    /// ```swift
    /// let summary = try store.verify { damage in print(damage.ids.map { "\($0)" } ?? "file", damage.message) }
    /// print(summary.isSound)
    /// ```
    ///
    /// What a killed program left half done in a store without a log is rolled back in the file first, as by every reader.
    ///
    /// A capture may go on meanwhile: what is stored after the beginning may or may not be checked. SQLite's own check is one
    /// long transaction for reading, during which the log of a live store grows.
    ///
    /// A row's checksum is a CRC-32C of its content. It finds every change of up to 32 bits in a row, and others but for one
    /// in 2^32; it is no protection against whoever can write the file.
    ///
    /// - Parameters:
    ///   - options: whether checksums are filled in, and the rest.
    ///   - onDamage: called with each thing that is wrong.
    /// - Returns: what was found.
    /// - Throws: ``TapedeckError`` when the file cannot be read as a store at all, or checksums cannot be written, and `cancelled`.
    /// - Complexity: linear in the size of the file.
    @discardableResult
    public func verify(
        _ options: VerifyOptions = VerifyOptions(),
        onDamage: (StoreDamage) -> Void = { _ in }
    ) throws(TapedeckError) -> VerifySummary {
        var options = options
        options.isCancelled = Latch.of(options.isCancelled)
        return try reporting(about: path) {
            let connection = try opener.connectForReading()
            var summary = VerifySummary()
            try connection.interrupting(when: options.isCancelled, throwing: calledOff(summary)) {
                try verify(connection, options, &summary, onDamage)
            }
            return summary
        }
    }

    private func verify(
        _ connection: borrowing Connection,
        _ options: VerifyOptions,
        _ summary: inout VerifySummary,
        _ onDamage: (StoreDamage) -> Void
    ) throws {
        func report(_ damage: StoreDamage) {
            summary.damageCount += 1
            onDamage(damage)
        }
        if connection.acceptsMissingEnd {
            report(StoreDamage(kind: .structure, ids: nil, message: "it is shorter than its first page says"))
        }
        let messages = try Self.brokenStructure(on: connection)
        // SQLite takes pages for lost to which it did not come any more.
        if options.isCancelled?() == true { throw calledOff(summary) }
        for message in messages {
            report(StoreDamage(kind: .structure, ids: nil, message: message))
        }
        // In a broken structure a write could break more.
        let fill = options.repairsChecksums && summary.isSound ? try ChecksumFill(opener) : nil
        var check = RowCheck()
        var survey = try RowSurvey(of: path, on: connection, in: .page)
        var hasMore = true
        while hasMore {
            var uncovered: [ChecksumFill.Entry] = []
            hasMore = try survey.readPage(
                row: { id, row in
                    if options.isCancelled?() == true { throw calledOff(summary) }
                    summary.rowCount += 1
                    switch row {
                    case .failure(let error):
                        report(StoreDamage(kind: .content, ids: id...id, message: error.message))
                    case .success(let row):
                        summary.byteCount += row.content.byteCount
                        let damage = check.damage(of: row)
                        if let damage { report(damage) }
                        guard row.checksum == nil else { return }
                        summary.uncoveredCount += 1
                        guard fill != nil, damage == nil else { return }
                        uncovered.append((id: id, checksum: RowChecksum.of(row.content)))
                    }
                },
                unreadable: { report(StoreDamage(kind: .unreadable, ids: $0, message: $1)) }
            )
            if let fill { summary.repairedCount += try fill.store(uncovered) }
            options.progress?(summary)
        }
    }

    private func calledOff(_ summary: VerifySummary) -> TapedeckError {
        TapedeckError(
            .cancelled,
            "\(path): the verification was called off after \(summary.rowCount) exchanges"
                + (summary.repairedCount > 0
                    ? "; \(summary.repairedCount) of them were given a checksum, and keep it" : "")
        )
    }

    /// What SQLite finds wrong with the structure, at most a hundred things.
    private static func brokenStructure(on connection: borrowing Connection) throws(SQLiteError) -> [String] {
        var messages: [String] = []
        do throws(SQLiteError) {
            var statement = try connection.prepare("PRAGMA integrity_check(100)")
            while try statement.step() {
                guard let message = statement.text(at: 0), message != "ok" else { continue }
                // SQLite puts a line for the database before what it finds in its pages.
                messages += message.split(separator: "\n").filter { !$0.hasPrefix("*** in database") }.map(
                    String.init
                )
            }
        } catch {
            guard error.isDamage else { throw error }
            messages.append(error.message)
        }
        return messages
    }
}
