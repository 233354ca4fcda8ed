internal import TapedeckMigrations
package import TapedeckSQLite

/// Opens connections to a store's file: refuses what is no store, makes and migrates what is one.
package struct StoreOpener: Sendable {
    /// Where the file is, links followed: SQLite names the side files after what a link leads to.
    package let path: String
    let access: CaptureStore.Access
    let options: CaptureStore.Options
    let format: StoreFormat

    package init(
        path: String,
        access: CaptureStore.Access,
        options: CaptureStore.Options,
        format: StoreFormat = .exchanges
    ) {
        self.path = FileStatus.followingLink(path)
        self.format = format
        self.access = access
        self.options = options
    }

    /// An open connection, whether there was no store before, and how a commit is kept whole.
    package struct OpenedStore: ~Copyable {
        package let connection: Connection
        let isNew: Bool
        let journal: CaptureStore.JournalMode
    }

    /// Makes sure that there is a usable store at `path` for what `access` allows, and opens it.
    package func open() throws -> OpenedStore {
        if !access.isForReading { try requireNoOrphanedLog() }
        try requireFile()
        let kind = try StoreInspector.inspect(path, as: format)
        try kind.requireUsable(path, format)
        if access.isForReading {
            try requireContent(kind)
            let connection = try connectForFirstLook()
            // SQLite takes back what a transaction that was cut short left in the file: of the first one, everything.
            try requireContent(StoreKind(try StoreHeader(connection), format))
            let journal = try journal(of: connection)
            return OpenedStore(connection: connection, isNew: false, journal: journal)
        }
        let connection = try connectForWritingLeavingLog()
        if kind == .empty {
            // Both are fixed once the first table is made. SQLite counts its cache in pages of the size that it had when
            // it was told, so that it is told again.
            try connection.execute("PRAGMA page_size = 16384; PRAGMA auto_vacuum = INCREMENTAL")
            try Self.setCache(of: connection, kibibytes: format.writerCacheKibibytes)
        }
        try requireVersion(of: connection)
        try migrate(connection)
        let journal = try useWriteAheadLog(connection)
        return OpenedStore(connection: connection, isNew: kind == .empty, journal: journal)
    }

    /// Throws where there is a log and no store that it could be of: SQLite would delete it.
    ///
    /// A store gets its log when it has content. Looked at in this order, one that another program just makes has both.
    private func requireNoOrphanedLog() throws {
        guard try StoreInspector.hasContent(path + "-wal"), try !StoreInspector.hasContent(path) else {
            return
        }
        throw TapedeckError.orphanedLog(path)
    }

    private func requireContent(_ kind: StoreKind) throws(TapedeckError) {
        guard kind != .empty else {
            throw TapedeckError(.notAStore, "\(path): the file is empty; nothing was recorded in it yet")
        }
    }

    /// A further connection for what the store was opened for.
    package func connect() throws -> Connection {
        access.isForReading ? try connectForReading() : try connectForWriting()
    }

    /// A further connection for writing to a store that is open already.
    func connectForWriting() throws -> Connection {
        guard !access.isForReading else {
            throw TapedeckError(.readOnly, "\(path): the store was opened for reading alone")
        }
        let connection = try Connection(
            path: path,
            access: .readWrite,
            busyMilliseconds: options.busyTimeoutMilliseconds
        )
        guard !connection.isReadOnly else {
            throw TapedeckError(
                .readOnly,
                "\(path): the file may not be written; open it for reading instead"
            )
        }
        try Self.configure(connection)
        try Self.setCache(of: connection, kibibytes: format.writerCacheKibibytes)
        try connection.setDurability(options.durability)
        // No commit brings the log in by itself: `Checkpointer` does.
        connection.watchLog()
        return connection
    }

    /// A connection for reading a store that is not open yet. To salvage from it nothing is taken back in the file itself.
    private func connectForFirstLook() throws -> Connection {
        try access == .salvage && hasJournalToRollBack() ? reading(.immutable) : connectForReading()
    }

    /// A further connection for reading a store that is open already.
    func connectForReading() throws -> Connection {
        // A connection that may write removes the -wal and -shm at its end; one that may not would leave them there.
        let isWritable = FileStatus.isWritable(path) && FileStatus.isWritable(FileStatus.folder(of: path))
        do {
            return try reading(isWritable ? .readWrite : .readOnly)
        } catch let error as SQLiteError
            where isWritable
            ? isForWantOfSharedMemory(error) : [.cannotOpen, .readOnly].contains(error.code.primary)
        {
            let waiting =
                try StoreInspector.hasContent(path + "-wal")
                || StoreInspector.hasContent(path + "-journal")
            guard !waiting else {
                throw TapedeckError(
                    .readOnly,
                    "\(path): its -wal or -journal holds pages that only a writer can bring in (\(error.message));"
                        + " copy the store and that file to a folder that can be written, and read it there"
                )
            }
            return try reading(.immutable)
        }
    }

    private func reading(_ mode: Connection.Access) throws -> Connection {
        let connection = try Connection(
            path: path,
            access: mode,
            busyMilliseconds: options.busyTimeoutMilliseconds
        )
        try Self.configure(connection)
        try connection.execute("PRAGMA query_only = ON")
        try lookInside(connection)
        try Self.setCache(of: connection, kibibytes: Self.readerCacheKibibytes)
        return connection
    }

    /// SQLite opens the file at the first statement that needs it.
    private func lookInside(_ connection: borrowing Connection) throws {
        let look = "SELECT count(*) FROM sqlite_schema"
        do throws(SQLiteError) {
            return try connection.execute(look)
        } catch {
            guard access == .salvage, error.code.primary == .corrupt else { throw error }
        }
        connection.acceptMissingEnd()
        do throws(SQLiteError) {
            try connection.execute(look)
        } catch {
            guard error.isDamage else { throw error }
            throw TapedeckError.beyondSalvage(path, error)
        }
    }

    /// What a reader keeps, 512 KiB: it goes forward through the file and comes back to few pages, and memory that is used over and
    /// over stays in the processor's cache.
    private static let readerCacheKibibytes = 512

    private static func configure(_ connection: borrowing Connection) throws {
        // What is deleted is overwritten where it stands, by whichever connection.
        try connection.execute(
            "PRAGMA cell_size_check = ON; PRAGMA secure_delete = ON; PRAGMA journal_size_limit = 33554432"
        )
    }

    /// Unlike the other settings this one reads the file.
    private static func setCache(of connection: borrowing Connection, kibibytes: Int) throws {
        try connection.execute("PRAGMA cache_size = -\(kibibytes)")
    }

    /// Looks once more, through SQLite: between the first look and the opening another program may have written the file.
    private func requireVersion(of connection: borrowing Connection) throws {
        try StoreKind(try StoreHeader(connection), format).requireUsable(path, format)
    }

    private func migrate(_ connection: borrowing Connection) throws {
        for step in format.migrations {
            guard try connection.integer("PRAGMA user_version") ?? 0 < step.version else { continue }
            try connection.transaction(.immediate) {
                // Another process may have been faster.
                guard try connection.integer("PRAGMA user_version") ?? 0 < step.version else { return }
                try connection.execute(step.sql)
                try connection.execute("PRAGMA application_id = \(format.applicationID)")
                try connection.execute("PRAGMA user_version = \(step.version)")
            }
        }
    }

    /// Makes sure that there is a file that may be read, and makes an empty one where `access` allows.
    func requireFile() throws {
        guard !path.isEmpty else { throw TapedeckError(.notFound, "the path of the store is empty") }
        if let status = try FileStatus.of(path) {
            guard FileStatus.isReadable(path) else {
                throw TapedeckError(.permissionDenied, "\(path): this user may not read the file")
            }
            if status.isRegular { return }
            let what = status.isDirectory ? "a folder" : "no regular file"
            throw TapedeckError(.notAFile, "\(path): this is \(what); a store is a file")
        }
        try FileStatus.requireFolder(of: path)
        guard access == .create else {
            throw TapedeckError(.notFound, "\(path): there is no such file")
        }
        do throws(SystemError) {
            // SQLite gives the -wal and -shm the mode of the file: private, as they hold people's prompts.
            _ = try FileDescriptor(path, .create, permissions: 0o600)
        } catch {
            guard error.number == .exists else { throw error }
        }
    }
}
