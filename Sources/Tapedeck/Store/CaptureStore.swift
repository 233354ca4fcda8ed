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
/// to the busy timeout, and readers never wait for a writer.
public final class CaptureStore: Sendable {
    /// The file's path, as it was given.
    public let path: String
    /// Whether opening made the store: there was no file, or an empty one.
    public let isNew: Bool

    let opener: StoreOpener
    private let connection: Mutex<Connection>

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
        connection = Mutex(opened.connection)
    }

    /// Runs `body` with the store's own connection, which nobody else uses meanwhile.
    func withConnection<Result>(
        _ body: (borrowing Connection) throws -> sending Result
    ) throws(TapedeckError) -> Result {
        try reporting(about: path) { try connection.withLock { try body($0) } }
    }
}
