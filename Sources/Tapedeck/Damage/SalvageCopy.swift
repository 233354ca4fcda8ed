internal import TapedeckSQLite

/// A copy of a damaged store's file and its side files, for what must not be done in the file itself.
///
/// What a killed program left half done is rolled back in it, as the next reader would do in the file. A journal says by itself how
/// long its pages are, so that this needs nothing of what it restores, not even a first page
/// (<https://sqlite.org/fileformat.html>, section 3). The first page says which tables there are and where they begin. Every store is
/// made by the same statements, so that it is the same in each but for counters (section 1.3).
struct SalvageCopy: ~Copyable {
    private static let pageByteCount = 16384
    /// Where the first page says how many there are. With 0 there SQLite goes by the file's length.
    private static let pageCountPlace = 28..<32

    private let folder: TemporaryFolder

    /// The copy's path, until this value ends.
    var path: String { folder.path + "/store" }

    /// - Parameters:
    ///   - source: the path of the damaged file.
    ///   - archive: a path beside which the copy is made.
    ///   - hasNewFirstPage: whether it gets the first page of a new store instead of its own.
    ///   - isCancelled: asked now and then; when it says true, the copy is made no further.
    /// - Throws: `TapedeckError` when one cannot be read or the other not be written; `diskFull` names the copy's folder.
    init(
        of source: String,
        beside archive: String,
        hasNewFirstPage: Bool,
        until isCancelled: () -> Bool
    ) throws(TapedeckError) {
        let parent = FileStatus.folder(of: archive)
        var byteCount = 0
        do throws(TapedeckError) {
            folder = try reporting(about: source) {
                try FileStatus.requireFolder(of: archive)
                // An empty file is copied too: its log may hold what it lost.
                let suffixes = try ["", "-wal", "-journal"].filter {
                    try $0.isEmpty || StoreInspector.hasContent(source + $0)
                }
                byteCount = try suffixes.reduce(0) { try $0 + (FileStatus.of(source + $1)?.size ?? 0) }
                let folder = try TemporaryFolder(in: parent)
                let path = folder.path + "/store"
                for suffix in suffixes {
                    try FileDescriptor(path + suffix, .create).append(
                        contentsOf: source + suffix,
                        until: isCancelled
                    )
                }
                guard !isCancelled() else { return folder }
                let page = hasNewFirstPage ? try Self.newFirstPage(in: folder) : nil
                if suffixes.contains("-journal") {
                    // Beside a file without any page SQLite deletes a journal.
                    try page.map { try Self.write($0, to: path) }
                    try Self.rollBack(path)
                }
                try page.map { try Self.write($0, to: path) }
                return folder
            }
        } catch {
            guard error.code == .diskFull else { throw error }
            throw TapedeckError(
                .diskFull,
                "\(parent): the disk is full; to salvage from \(source) a copy of it is made beside the archive, which takes"
                    + " about \(byteCount) bytes; make room there, or put the archive on another disk"
            )
        }
    }

    /// Has SQLite roll back what the journal holds.
    private static func rollBack(_ path: String) throws {
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
    }

    private static func write(_ page: [UInt8], to path: String) throws {
        try page.withUnsafeBytes { try FileDescriptor(path, .write).write($0) }
    }

    private static func newFirstPage(in folder: borrowing TemporaryFolder) throws -> [UInt8] {
        let path = folder.path + "/new"
        // Closed again, so that nothing of it is left in a log.
        _ = try CaptureStore(path: path)
        var page = [UInt8](repeating: 0, count: pageByteCount)
        let input = try FileDescriptor(path, .read)
        let count = try page.withUnsafeMutableBytes { try input.read(into: $0, at: 0) }
        precondition(count == pageByteCount, "a new store has its first page in its file")
        page.replaceSubrange(pageCountPlace, with: repeatElement(0, count: pageCountPlace.count))
        return page
    }
}
