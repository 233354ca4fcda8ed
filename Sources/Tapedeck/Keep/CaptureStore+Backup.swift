internal import TapedeckSQLite

extension CaptureStore {
    /// Copies the store into a new file while a capture into it goes on.
    ///
    /// The copy is the store of one moment, the one at which the call began. It appears under its name only when it is
    /// whole and on the disk, can be read by its owner alone, and has no side files. A program that is killed meanwhile
    /// leaves a file named after it, with `.partial` and numbers, that can be deleted (``partialBackups(of:)``).
    ///
    /// Pages are copied as they are, damaged ones too. Only a copy that takes the place of a file is verified first.
    ///
    /// ```swift
    /// let summary = try store.backUp(to: "captures-monday.tapedeck")
    /// print("every exchange up to \(summary.lastID)")
    /// ```
    ///
    /// It uses SQLite's backup in steps, inside one read transaction. Without that, SQLite would begin anew after each commit
    /// of another connection, and beside a busy capture never end (<https://sqlite.org/backup.html>). The price is that the
    /// store's log keeps what is captured until the copy is done. Where a store has no log, on a file system without shared
    /// memory, writers wait for the copy instead.
    ///
    /// - Parameters:
    ///   - destination: the copy's path.
    ///   - options: whether a file is replaced, and the rest.
    /// - Returns: how much was copied.
    /// - Throws: ``TapedeckError``: `exists` where there is a file already that is not to be replaced, `busy` where side files
    ///   tell that it is in use, `unsupported` where it is the store itself, `corrupt` where the copy is damaged and would
    ///   take the place of a file, `cancelled`, `diskFull`, `folderMissing`, `notAFile`, and what else stops reading or writing.
    ///   Then the destination is as it was.
    /// - Complexity: linear in the file's length. It takes as much room as the store.
    @discardableResult
    public func backUp(
        to destination: String,
        options: BackupOptions = BackupOptions()
    ) throws(TapedeckError) -> BackupSummary {
        try reporting(about: destination) {
            try requireFree(destination, replaces: options.replaces)
            let file = try AtomicFile(destination, needsName: true)
            var summary = try reporting(about: path) {
                try copy(to: file.temporaryPath, options, named: destination)
            }
            if options.replaces, options.verifiesReplacement, try FileStatus.of(destination) != nil {
                try requireSound(file.temporaryPath, options, named: destination)
                summary.isVerified = true
            }
            try file.commit(replaces: options.replaces)
            return summary
        }
    }

    /// The files that backups to a place left there because they were killed, and those of backups that are under way: nothing
    /// tells one from the other for certain, so that none is deleted by itself.
    ///
    /// - Parameter destination: the copy's path.
    /// - Returns: their paths, in order. A folder that cannot be read has none.
    public static func partialBackups(of destination: String) -> [String] {
        AtomicFile.partialPaths(of: destination)
    }

    /// Throws where a copy must not take a file's place.
    private func requireFree(_ destination: String, replaces: Bool) throws {
        let target = FileStatus.followingLink(destination)
        if let status = try FileStatus.of(target) {
            guard try !FileStatus.areSame(target, path) else {
                throw TapedeckError(.unsupported, "\(destination): this is the store itself")
            }
            guard status.isRegular else {
                throw TapedeckError(.notAFile, "\(destination): this is no regular file; a backup is one")
            }
            guard replaces else { throw TapedeckError.exists(destination) }
        }
        // A log that lies beside a file is taken for its own, and would be played into the copy.
        for suffix in ["-wal", "-shm", "-journal"] where try FileStatus.of(target + suffix) != nil {
            throw TapedeckError(
                .busy,
                "\(destination): there is a \(target + suffix), so that a program has the old file open or was killed;"
                    + " end it, or move both files away"
            )
        }
    }

    private func copy(
        to path: String,
        _ options: BackupOptions,
        named destination: String
    ) throws -> BackupSummary {
        let source = try opener.connectForReading()
        return try source.transaction(.deferred) {
            // The transaction begins to read, and so settles what is copied, with this.
            var summary = BackupSummary()
            summary.lastID = try source.integer("SELECT max(id) FROM exchanges") ?? 0
            let pageByteCount = Int(try source.integer("PRAGMA page_size") ?? 4096)
            let target = try Connection(path: path, access: .readWrite, busyMilliseconds: 0)
            // Whatever cuts it short, the file goes away; its end brings it to the disk.
            try target.execute("PRAGMA journal_mode = MEMORY; PRAGMA synchronous = OFF")
            let writeBack = WriteBack(path)
            let stepPageCount = max(1, (4 << 20) / pageByteCount)
            var backup = try Backup(from: source, to: target)
            var hasMore = true
            while hasMore {
                try requireWanted(options, named: destination)
                do throws(SQLiteError) {
                    hasMore = try backup.step(pageCount: Int32(stepPageCount))
                } catch {
                    // What is full is the disk of the copy, whose pages alone are written.
                    guard error.code.primary == .full else { throw error }
                    throw TapedeckError(error, about: destination)
                }
                let byteCount = (backup.pageCount - backup.remainingPageCount) * pageByteCount
                writeBack.note(byteCount - summary.byteCount)
                summary.byteCount = byteCount
                summary.totalByteCount = backup.pageCount * pageByteCount
                options.progress?(summary)
            }
            return summary
        }
    }

    private func requireWanted(_ options: BackupOptions, named destination: String) throws(TapedeckError) {
        guard options.isCancelled?() == true else { return }
        throw Self.calledOff(destination)
    }

    private static func calledOff(_ destination: String) -> TapedeckError {
        let hasFile = (try? FileStatus.of(destination)) != nil
        return TapedeckError(
            .cancelled,
            "\(destination): the backup was called off; nothing was written"
                + (hasFile ? ", and the file that is there stays as it was" : "")
        )
    }

    /// Throws where a copy is not what was stored.
    private func requireSound(
        _ copy: String,
        _ options: BackupOptions,
        named destination: String
    ) throws(TapedeckError) {
        try requireWanted(options, named: destination)
        var first: StoreDamage?
        var verifying = VerifyOptions()
        verifying.isCancelled = options.isCancelled
        do throws(TapedeckError) {
            try CaptureStore(path: copy, access: .read).verify(verifying) { first = first ?? $0 }
        } catch {
            // What the verification says of itself names a copy that is gone by then.
            throw error.code == .cancelled ? Self.calledOff(destination) : error
        }
        try requireWanted(options, named: destination)
        guard let first else { return }
        let place = first.ids.map { StoreDamage.name(of: $0) + ": " } ?? ""
        throw TapedeckError(
            .corrupt,
            "\(destination): the copy is damaged (\(place)\(first.message)), and does not take the place of the file that is"
                + " there; verify tells what is wrong with \(path), and salvage saves what can be read"
        )
    }
}
