internal import TapedeckSQLite

/// The pages of a store's file as they stand, whether anything leads to them or not. What the log has of one goes before what
/// the file has.
struct StorePages: ~Copyable {
    let pageByteCount: Int
    private let file: DatabaseFile
    private let filePageCount: Int
    private let log: FileDescriptor?
    private let logPlaces: [Int: Int]
    /// The numbers of the pages that the log has beyond the file's end, ascending. A log may name pages that are far beyond all
    /// others.
    private let numbersBeyond: [Int]

    /// How many pages there are.
    var count: Int { filePageCount + numbersBeyond.count }

    /// - Parameters:
    ///   - path: the file's path.
    ///   - pageByteCount: the bytes of a page.
    /// - Throws: `SQLiteError` or `SystemError` when the file or its log cannot be opened.
    init(of path: String, pageByteCount: Int) throws {
        let file = try DatabaseFile(path: path)
        let hasLog = try StoreInspector.hasContent(path + "-wal")
        let logPlaces = hasLog ? try WriteAheadLog.pagePlaces(in: path + "-wal") : [:]
        let byteCount = try FileStatus.of(path)?.size ?? 0
        let filePageCount = (byteCount + pageByteCount - 1) / pageByteCount
        log = hasLog ? try FileDescriptor(path + "-wal", .read) : nil
        numbersBeyond = logPlaces.keys.filter { $0 > filePageCount }.sorted()
        self.file = file
        self.filePageCount = filePageCount
        self.logPlaces = logPlaces
        self.pageByteCount = pageByteCount
    }

    /// Which page comes at some place among those that there are.
    ///
    /// - Parameter index: the place, from 0.
    /// - Returns: the page's number, from 1.
    func number(at index: Int) -> Int {
        index < filePageCount ? index + 1 : numbersBeyond[index - filePageCount]
    }

    /// Reads a page; zeros stand for what is beyond the file's end.
    ///
    /// - Parameters:
    ///   - number: the page's number.
    ///   - buffer: as long as a page.
    /// - Returns: false where there is no such page, or the disk cannot read it.
    func read(_ number: Int, into buffer: UnsafeMutableRawBufferPointer) -> Bool {
        do {
            if let place = logPlaces[number] {
                return try log?.read(into: buffer, at: place) == pageByteCount
            }
            guard (1...max(1, filePageCount)).contains(number) else { return false }
            try file.read(into: buffer, at: (number - 1) * pageByteCount)
            return true
        } catch {
            return false
        }
    }
}
