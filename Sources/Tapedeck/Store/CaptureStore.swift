internal import Synchronization
internal import TapedeckSQLite

/// A file of recorded exchanges.
///
/// ```swift
/// let store = try CaptureStore(path: "captures.tapedeck")
/// let writer = try RecordingWriter(store: store)
/// try writer.write(.now(protocol: "openai.chat", request: body))
/// try writer.flush()
/// ```
///
/// A store may be shared by threads and tasks, and its file by programs: one writes at a time, the others wait for it up
/// to the busy timeout, and readers do not wait for a writer, but for a first import (see ``importArchives(_:options:)``).
public final class CaptureStore: Sendable {
    /// The file's path, as it was given.
    public let path: String
    /// Whether opening made the store: there was no file, or an empty one.
    public let isNew: Bool
    /// What the store was found to have, or given, when it was opened.
    ///
    /// A store that was opened for writing has ``JournalMode/rollback`` where the log cannot be: on a file system without shared
    /// memory, such as most network file systems, or while another program was at work on a store that had no log yet.
    public let journal: JournalMode

    let opener: StoreOpener
    /// For questions. Nil where it was given up for an import that wants the file to itself; the next question opens
    /// another.
    private let connection: Mutex<Shared?>

    /// Opens a store.
    ///
    /// A file of another application or of a newer Tapedeck is refused and left untouched; an older store is migrated.
    /// New files can be read by their owner alone.
    ///
    /// - Parameters:
    ///   - path: the file's path.
    ///   - access: what the store will be used for.
    ///   - options: how it is opened.
    /// - Throws: ``TapedeckError`` with a code of its own for each: `notFound`, `folderMissing`, `notAFile`,
    ///   `notAStore`, `foreignStore`, `newerStore`, `readOnly`, `permissionDenied`, `busy`, `corrupt`, `diskFull`.
    public init(
        path: String,
        access: Access = .create,
        options: Options = Options()
    ) throws(TapedeckError) {
        let opener = StoreOpener(path: path, access: access, options: options)
        let opened = try reporting(about: path) { try opener.open() }
        self.path = path
        self.opener = opener
        isNew = opened.isNew
        journal = opened.journal
        connection = Mutex(Shared(opened.connection))
    }

    /// Runs `body` with the store's own connection, which nobody else uses meanwhile.
    func withConnection<Result>(
        _ body: (borrowing Connection) throws -> sending Result
    ) throws(TapedeckError) -> Result {
        try reporting(about: path) {
            try connection.withLock { connection in
                let open = try connection ?? Shared(try opener.connect())
                connection = open
                return try body(open.connection)
            }
        }
    }

    /// Swift cannot yet lend what an optional holds, if it cannot be copied.
    private final class Shared {
        let connection: Connection

        init(_ connection: consuming Connection) {
            self.connection = connection
        }
    }

    /// Leaves the write-ahead log where it lies when the store is closed, if it holds anything, so that the file stays as it was
    /// found.
    ///
    /// - Throws: ``TapedeckError`` when the file cannot be read.
    package func leaveLog() throws(TapedeckError) {
        try withConnection { try opener.leaveLog(by: $0) }
    }

    /// Closes the store's own connection until the next question.
    func giveUpConnection() {
        connection.withLock { $0 = nil }
    }
}
