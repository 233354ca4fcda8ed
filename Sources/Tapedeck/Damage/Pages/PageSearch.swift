internal import TapedeckSQLite

/// Finds rows in all pages of a file, where the table no longer leads to them.
///
/// Only rows that fit their checksums are taken, and none of pages that are free.
struct PageSearch: ~Copyable {
    private let pages: StorePages
    /// The leaves that have rows that are wanted, and the first id of each, in the order of ids: 16 bytes for each.
    private let leaves: [(firstID: Int64, page: Int)]
    private var position = 0
    private let page: UnsafeMutableRawBufferPointer
    private let overflow: UnsafeMutableRawBufferPointer
    private var payload = ByteBuffer()
    private var check = RowCheck()
    /// How many overflow pages may still be read. Each belongs to one row; a file that was made to mislead may lead to the same
    /// ones from everywhere.
    private var patience: Int
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
        let leaves = try Self.leaves(
            of: pages,
            hasMap: hasMap,
            wanting: isWanted,
            checkCancelled: checkCancelled
        )
        self.leaves = leaves
        page = .allocate(byteCount: pageByteCount, alignment: 16)
        overflow = .allocate(byteCount: pageByteCount, alignment: 16)
        patience = 2 * pages.count
        self.isWanted = isWanted
        self.pages = pages
    }

    deinit {
        page.deallocate()
        overflow.deallocate()
    }

    private static func leaves(
        of pages: borrowing StorePages,
        hasMap: Bool,
        wanting isWanted: (Int64) -> Bool,
        checkCancelled: () throws -> Void
    ) throws -> [(firstID: Int64, page: Int)] {
        let page = UnsafeMutableRawBufferPointer.allocate(byteCount: pages.pageByteCount, alignment: 16)
        defer { page.deallocate() }
        var leaves: [(firstID: Int64, page: Int)] = []
        var map = PointerMap()
        // The first page is the schema's, and the next the first of the map.
        for number in stride(from: 2, through: pages.count, by: 1) {
            try checkCancelled()
            if number > 2, hasMap, map.isFree(number, in: pages) { continue }
            guard pages.read(number, into: page), let leaf = TableLeaf(UnsafeRawBufferPointer(page)) else {
                continue
            }
            let ids = (0..<leaf.cellCount).lazy.compactMap { leaf.cell(at: $0)?.id }
            if let id = ids.first(where: isWanted) { leaves.append((id, number)) }
        }
        return leaves.sorted { $0.firstID < $1.firstID }
    }

    /// Delivers the rows of one more page.
    ///
    /// - Parameter deliver: called with each row, valid only during the call. One may come again from another page.
    /// - Returns: false when there are no more.
    /// - Throws: what `deliver` throws.
    mutating func readPage(_ deliver: (StoredRow) throws -> Void) rethrows -> Bool {
        guard position < leaves.count else { return false }
        defer { position += 1 }
        guard pages.read(leaves[position].page, into: page),
            let leaf = TableLeaf(UnsafeRawBufferPointer(page))
        else {
            return true
        }
        for index in 0..<leaf.cellCount {
            guard let cell = leaf.cell(at: index), isWanted(cell.id),
                let record = ExchangeRecord(cell.local, payloadByteCount: cell.payloadByteCount),
                readPayload(of: cell),
                let row = record.row(id: cell.id, in: payload.bytes), check.isSound(row)
            else { continue }
            try deliver(row)
        }
        return true
    }

    /// Puts the payload together, and tells whether all of it is there.
    private mutating func readPayload(of cell: TableLeaf.Cell) -> Bool {
        payload.removeAll()
        payload.append(cell.local)
        var next = cell.overflowPage
        while payload.count < cell.payloadByteCount {
            guard let number = next, patience > 0, pages.read(number, into: overflow) else { return false }
            patience -= 1
            let bytes = UnsafeRawBufferPointer(overflow)
            let count = min(cell.payloadByteCount - payload.count, bytes.count - 4)
            payload.append(UnsafeRawBufferPointer(rebasing: bytes[4..<4 + count]))
            next = bytes.bigEndian(at: 0, byteCount: 4)
        }
        return true
    }
}
