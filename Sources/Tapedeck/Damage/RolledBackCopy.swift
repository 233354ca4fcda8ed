internal import TapedeckSQLite

/// A copy of a store's file in which SQLite rolled back what a killed program left half done, as the next reader would do in the
/// file itself.
struct RolledBackCopy: ~Copyable {
    private let folder: TemporaryFolder

    /// The copy's path, until this value ends.
    var path: String { Self.path(in: folder) }

    /// - Parameters:
    ///   - source: the path of the file, which has a journal.
    ///   - place: a path beside which the copy is made.
    ///   - isCancelled: asked now and then; when it says true, the copy is made no further.
    /// - Throws: `TapedeckError`, `SystemError` or `SQLiteError` when one cannot be read, or the other not be written.
    init(of source: String, beside place: String, until isCancelled: () -> Bool) throws {
        try FileStatus.requireFolder(of: place)
        let folder = try TemporaryFolder(in: FileStatus.folder(of: place))
        let path = Self.path(in: folder)
        for suffix in ["", "-journal"] {
            try FileDescriptor(path + suffix, .create).append(contentsOf: source + suffix, until: isCancelled)
        }
        let connection = try Connection(path: path, access: .readWrite, busyMilliseconds: 0)
        do throws(SQLiteError) {
            // The first statement that reads rolls back.
            try connection.execute("SELECT count(*) FROM sqlite_schema")
        } catch {
            // What is damaged beyond that is for the salvage to find.
            guard error.isDamage else { throw error }
        }
        let journal = path + "-journal"
        if try StoreInspector.hasContent(journal) { try FileDescriptor(journal, .write).truncate(to: 0) }
        self.folder = folder
    }

    private static func path(in folder: borrowing TemporaryFolder) -> String { folder.path + "/store" }
}
