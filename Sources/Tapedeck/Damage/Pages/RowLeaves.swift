/// The leaves that have rows that are wanted, in the order of ids, wherever they stand: 16 bytes for each.
struct RowLeaves {
    private var leaves: [(firstID: Int64, page: Int)] = []

    var count: Int { leaves.count }

    /// Looks through all pages.
    ///
    /// - Parameters:
    ///   - pages: the file's pages.
    ///   - hasMap: whether the file notes what each page is for.
    ///   - isWanted: says of an id whether its row is searched for.
    ///   - checkCancelled: called for each page; what it throws ends the search.
    /// - Throws: what `checkCancelled` throws.
    /// - Complexity: linear in the size of the file.
    init(
        of pages: borrowing StorePages,
        hasMap: Bool,
        wanting isWanted: (Int64) -> Bool,
        checkCancelled: () throws -> Void
    ) rethrows {
        let page = UnsafeMutableRawBufferPointer.allocate(byteCount: pages.pageByteCount, alignment: 16)
        defer { page.deallocate() }
        var map = PointerMap()
        // The first page is the schema's, and the next the first of the map.
        for index in stride(from: 1, to: pages.count, by: 1) {
            try checkCancelled()
            let number = pages.number(at: index)
            if number > 2, hasMap, map.isFree(number, in: pages) { continue }
            guard pages.read(number, into: page), let leaf = TableLeaf(UnsafeRawBufferPointer(page)) else {
                continue
            }
            let ids = (0..<leaf.cellCount).lazy.compactMap { leaf.cell(at: $0)?.id }
            // Not the first: an id that was changed may stand out of its order.
            if let id = ids.filter(isWanted).min() { leaves.append((id, number)) }
        }
        leaves.sort { $0.firstID < $1.firstID }
    }

    /// The number of the page of a leaf.
    func page(at index: Int) -> Int { leaves[index].page }

    /// Whether a row with some id should stand in a leaf. Of all leaves that is true of one at the most.
    func isPlace(at index: Int, of id: Int64) -> Bool {
        id >= leaves[index].firstID && (index + 1 == leaves.count || id < leaves[index + 1].firstID)
    }
}
