/// Puts the payloads of rows together, which go on in overflow pages.
///
/// A damaged row may lead to any page, in circles too, and a file that was made to mislead may do so from everywhere.
struct PayloadReader: ~Copyable {
    private let page: UnsafeMutableRawBufferPointer
    /// How many overflow pages rows that are taken may still have. Each page belongs to one row, or to two where pages were copied.
    private var room: Int
    /// How many may still be read in vain, so that the search stays linear. Only in a file that was made of many long chains that lead
    /// into each other are these too few, and rows with such pages are left out.
    private var patience: Int
    private let pageCount: Int
    private var readCount = 0
    private var payload = ByteBuffer()

    /// The payload that was read last, until the next is.
    var bytes: UnsafeRawBufferPointer { payload.bytes }

    /// - Parameter pages: the file's pages.
    init(of pages: borrowing StorePages) {
        page = .allocate(byteCount: pages.pageByteCount, alignment: 16)
        pageCount = pages.count
        room = 2 * pageCount
        patience = 4 * pageCount
    }

    deinit {
        page.deallocate()
    }

    /// Reads a cell's payload, and tells whether all of it is there.
    mutating func read(_ cell: TableLeaf.Cell, in pages: borrowing StorePages) -> Bool {
        payload.removeAll()
        payload.append(cell.local)
        readCount = 0
        let share = page.count - 4
        let neededCount = (cell.payloadByteCount - cell.local.count + share - 1) / share
        guard neededCount <= min(pageCount, room, patience) else { return false }
        var next = cell.overflowPage
        // A page that was read at a power of two: one that is in a circle comes again (R. P. Brent, 1980).
        var mark: Int?
        while readCount < neededCount {
            guard let number = next, number != mark, pages.read(number, into: page) else { return false }
            readCount += 1
            patience -= 1
            if readCount & (readCount - 1) == 0 { mark = number }
            let bytes = UnsafeRawBufferPointer(page)
            let count = min(cell.payloadByteCount - payload.count, share)
            payload.append(UnsafeRawBufferPointer(rebasing: bytes[4..<4 + count]))
            next = bytes.bigEndian(at: 0, byteCount: 4)
        }
        return true
    }

    /// Takes note that the row that was read last is taken, so that it was not read in vain.
    mutating func accept() {
        patience += readCount
        room -= readCount
    }
}
