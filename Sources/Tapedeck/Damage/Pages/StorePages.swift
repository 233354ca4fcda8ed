internal import TapedeckSQLite

/// The pages of a store's file as they stand, whether anything leads to them or not. What the log has of one goes before what
/// the file has.
struct StorePages: ~Copyable {
    let pageByteCount: Int
    /// How many pages there are; they are counted from 1.
    let count: Int
    private let file: DatabaseFile
    private let log: FileDescriptor?
    private let logPlaces: [Int: Int]

    /// - Parameters:
    ///   - path: the file's path.
    ///   - pageByteCount: the bytes of a page.
    /// - Throws: `SQLiteError` or `SystemError` when the file or its log cannot be opened.
    init(of path: String, pageByteCount: Int) throws {
        let file = try DatabaseFile(path: path)
        let hasLog = try StoreInspector.hasContent(path + "-wal")
        let logPlaces = hasLog ? try WriteAheadLog.pagePlaces(in: path + "-wal") : [:]
        let byteCount = try FileStatus.of(path)?.size ?? 0
        log = hasLog ? try FileDescriptor(path + "-wal", .read) : nil
        self.file = file
        self.logPlaces = logPlaces
        self.pageByteCount = pageByteCount
        count = max((byteCount + pageByteCount - 1) / pageByteCount, logPlaces.keys.max() ?? 0)
    }

    /// Reads a page; zeros stand for what is beyond the file's end.
    ///
    /// - Parameters:
    ///   - number: the page's number.
    ///   - buffer: as long as a page.
    /// - Returns: false where there is no such page, or the disk cannot read it.
    func read(_ number: Int, into buffer: UnsafeMutableRawBufferPointer) -> Bool {
        guard number >= 1, number <= count else { return false }
        do {
            if let place = logPlaces[number] {
                return try log?.read(into: buffer, at: place) == pageByteCount
            }
            try file.read(into: buffer, at: (number - 1) * pageByteCount)
            return true
        } catch {
            return false
        }
    }
}
