/// Tells a row that was found before, in a page that is a copy, from another one that only got its id.
///
/// An id that was changed may be another row's too, and the checksum does not tell which of them is meant: both are taken. A row in
/// its place needs no remembering once its page is done, so that memory goes by what is out of place.
struct FoundRows {
    private struct Row: Hashable {
        let id: Int64
        let checksum: Int64?
    }

    /// How many are remembered, some 50 MiB: in a file with more than that out of place, one may come twice rather than not at all.
    private static let limit = 1 << 20

    private var ofPage: Set<Row> = []
    private var outOfPlace: Set<Row> = []

    /// From now on rows are those of another page.
    mutating func beginPage() {
        ofPage.removeAll(keepingCapacity: true)
    }

    /// Takes note of a row, and tells whether it did not come before.
    mutating func isNew(_ row: StoredRow, isInPlace: Bool) -> Bool {
        let row = Row(id: row.id, checksum: row.checksum)
        guard ofPage.insert(row).inserted, !outOfPlace.contains(row) else { return false }
        if !isInPlace, outOfPlace.count < Self.limit { outOfPlace.insert(row) }
        return true
    }
}
