/// Puts ids together that come in any order.
///
/// To add each to ranges in which it is not the last takes time linear in their number. So they are sorted first, some at a time.
struct IDCollector {
    private static let batchCount = 1 << 16

    private var batch: [Int64] = []
    private var earlier = IDRanges()

    mutating func add(_ id: Int64) {
        batch.append(id)
        guard batch.count == Self.batchCount else { return }
        earlier.formUnion(IDRanges(batch))
        batch.removeAll(keepingCapacity: true)
    }

    /// All ids that were added.
    func collected() -> IDRanges {
        var all = earlier
        all.formUnion(IDRanges(batch))
        return all
    }
}
