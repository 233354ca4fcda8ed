internal import TapedeckSQLite

/// A page that says that it is a leaf of a table, wherever it stands (<https://sqlite.org/fileformat.html>, section 1.6).
///
/// Nothing that it says is trusted.
struct TableLeaf {
    /// A row as far as the page holds it.
    struct Cell {
        let id: Int64
        let payloadByteCount: Int
        /// The beginning of the payload: all of it, or as much as stands here if it goes on in overflow pages.
        let local: UnsafeRawBufferPointer
        /// The first of those pages.
        let overflowPage: Int?
    }

    private static let type: UInt8 = 0x0D
    private static let headerByteCount = 8

    private let page: UnsafeRawBufferPointer
    let cellCount: Int

    /// - Parameter page: the page's bytes, which must stay.
    init?(_ page: UnsafeRawBufferPointer) {
        guard page.first == Self.type, let count = page.bigEndian(at: 3, byteCount: 2), count > 0,
            Self.headerByteCount + 2 * count <= page.count
        else { return nil }
        self.page = page
        cellCount = count
    }

    /// The cell with an index, from 0; nil where it cannot be one.
    func cell(at index: Int) -> Cell? {
        guard var position = page.bigEndian(at: Self.headerByteCount + 2 * index, byteCount: 2),
            position >= Self.headerByteCount + 2 * cellCount,
            let stored = page.variableLengthInteger(at: &position),
            let byteCount = Int(exactly: stored),
            (1...Int(Connection.lengthLimitByteCount)).contains(byteCount),
            let id = page.variableLengthInteger(at: &position), id > 0
        else { return nil }
        let localCount = localByteCount(ofPayload: byteCount)
        guard position + localCount <= page.count else { return nil }
        let local = UnsafeRawBufferPointer(rebasing: page[position..<position + localCount])
        guard localCount < byteCount else {
            return Cell(id: id, payloadByteCount: byteCount, local: local, overflowPage: nil)
        }
        guard let next = page.bigEndian(at: position + localCount, byteCount: 4) else { return nil }
        return Cell(id: id, payloadByteCount: byteCount, local: local, overflowPage: next)
    }

    /// How many bytes of a payload stand in the page itself.
    private func localByteCount(ofPayload byteCount: Int) -> Int {
        let most = page.count - 35
        guard byteCount > most else { return byteCount }
        let least = (page.count - 12) * 32 / 255 - 23
        let rest = least + (byteCount - least) % (page.count - 4)
        return rest <= most ? rest : least
    }
}
