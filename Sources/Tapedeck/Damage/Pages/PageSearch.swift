internal import TapedeckSQLite

/// Finds rows in all pages of a file, where the table no longer leads to them.
///
/// Only rows that fit their checksums are taken, and none of pages that are free.
struct PageSearch: ~Copyable {
    private let pages: StorePages
    private let leaves: RowLeaves
    private var position = 0
    private let page: UnsafeMutableRawBufferPointer
    private var payload: PayloadReader
    private var check = RowCheck()
    private var found = FoundRows()
    private let isWanted: (Int64) -> Bool

    /// - Parameters:
    ///   - path: the file's path.
    ///   - connection: a connection to it.
    ///   - isWanted: says of an id whether its row is searched for.
    ///   - checkCancelled: called now and then; what it throws ends the search.
    /// - Throws: `SQLiteError` or `SystemError` when the file cannot be opened, and what `checkCancelled` throws.
    /// - Complexity: linear in the size of the file.
    init(
        of path: String,
        on connection: borrowing Connection,
        wanting isWanted: @escaping (Int64) -> Bool,
        checkCancelled: () throws -> Void
    ) throws {
        let pageByteCount = Int(try connection.integer("PRAGMA page_size") ?? 4096)
        let hasMap = try connection.integer("PRAGMA auto_vacuum") ?? 0 != 0
        let pages = try StorePages(of: path, pageByteCount: pageByteCount)
        leaves = try RowLeaves(of: pages, hasMap: hasMap, wanting: isWanted, checkCancelled: checkCancelled)
        page = .allocate(byteCount: pageByteCount, alignment: 16)
        payload = PayloadReader(of: pages)
        self.isWanted = isWanted
        self.pages = pages
    }

    deinit {
        page.deallocate()
    }

    /// Delivers the rows of one more page.
    ///
    /// - Parameter deliver: called with each row, valid only during the call. Two rows may have the same id.
    /// - Returns: false when there are no more.
    /// - Throws: what `deliver` throws.
    mutating func readPage(_ deliver: (StoredRow) throws -> Void) rethrows -> Bool {
        guard position < leaves.count else { return false }
        defer { position += 1 }
        guard pages.read(leaves.page(at: position), into: page),
            let leaf = TableLeaf(UnsafeRawBufferPointer(page))
        else {
            return true
        }
        found.beginPage()
        for index in 0..<leaf.cellCount {
            guard let cell = leaf.cell(at: index), isWanted(cell.id),
                let record = ExchangeRecord(cell.local, payloadByteCount: cell.payloadByteCount),
                payload.read(cell, in: pages),
                let row = record.row(id: cell.id, in: payload.bytes), check.isSound(row),
                found.isNew(row, isInPlace: leaves.isPlace(at: position, of: row.id))
            else { continue }
            payload.accept()
            try deliver(row)
        }
        return true
    }
}
