/// A copy of a store's file that has the first page of a new store instead of its own, and of its log if there is one.
///
/// That page says which tables there are and where they begin. Every store is made by the same statements, so that it is the
/// same in each but for counters (<https://sqlite.org/fileformat.html>, section 1.3).
struct CopyWithNewFirstPage: ~Copyable {
    private static let pageByteCount = 16384
    /// Where the page says how many there are. With 0 there SQLite goes by the file's length.
    private static let pageCountPlace = 28..<32

    private let folder: TemporaryFolder

    /// The copy's path, until this value ends.
    var path: String { Self.path(in: folder) }

    /// - Parameters:
    ///   - source: the path of the damaged file.
    ///   - place: a path beside which the copy is made.
    ///   - isCancelled: asked now and then; when it says true, the copy is made no further.
    /// - Throws: `TapedeckError` or `SystemError` when either cannot be read or written.
    init(of source: String, beside place: String, until isCancelled: () -> Bool) throws {
        try FileStatus.requireFolder(of: place)
        let folder = try TemporaryFolder(in: FileStatus.folder(of: place))
        let path = Self.path(in: folder)
        let file = try FileDescriptor(path, .create)
        try Self.newFirstPage().withUnsafeBytes { try file.write($0) }
        try file.append(contentsOf: source, from: Self.pageByteCount, until: isCancelled)
        if try StoreInspector.hasContent(source + "-wal") {
            try FileDescriptor(path + "-wal", .create).append(
                contentsOf: source + "-wal",
                until: isCancelled
            )
        }
        self.folder = folder
    }

    private static func path(in folder: borrowing TemporaryFolder) -> String { folder.path + "/store" }

    private static func newFirstPage() throws -> [UInt8] {
        let folder = try TemporaryFolder()
        let path = path(in: folder)
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
