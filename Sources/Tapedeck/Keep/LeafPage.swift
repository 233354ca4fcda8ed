/// A leaf page of a table's tree (<https://sqlite.org/fileformat.html>, section 1.6).
struct LeafPage {
    /// One row as the page holds it.
    struct Cell {
        let id: Int64
        /// The bytes of the whole record, those on other pages too.
        let payloadByteCount: Int
        /// The bytes on this page.
        let byteCount: Int
    }

    /// The first rows.
    let cells: [Cell]
    /// The bytes that no row takes.
    let freeByteCount: Int

    /// The bytes of a record that stay on a page, by section 1.6 of the same text, with those of the number of the page on which
    /// the rest begins.
    static func localByteCount(ofPayload count: Int, pageByteCount: Int) -> Int {
        let most = pageByteCount - 35
        guard count > most else { return count }
        let least = (pageByteCount - 12) * 32 / 255 - 23
        let local = least + (count - least) % (pageByteCount - 4)
        return (local <= most ? local : least) + 4
    }

    /// The bytes of a number in SQLite's variable length.
    static func variableLength(_ number: UInt64) -> Int {
        number >> 56 > 0 ? 9 : max(1, (70 - number.leadingZeroBitCount) / 7)
    }
}
