/// Ids as ranges of neighbours, ascending: memory goes by the gaps between them, not by how many there are.
struct IDRanges {
    private(set) var ranges: [ClosedRange<Int64>] = []

    init() {}

    /// - Parameter ids: ids in any order.
    /// - Complexity: that of sorting them.
    init(_ ids: [Int64]) {
        for id in ids.sorted() { add(id...id) }
    }

    /// - Complexity: constant for ids above all others, and linear in the number of ranges for any.
    mutating func add(_ ids: ClosedRange<Int64>) {
        let touched = (lowerIndex(of: Self.before(ids.lowerBound))..<ranges.count).prefix {
            Self.before(ranges[$0].lowerBound) <= ids.upperBound
        }
        let lower = min(ids.lowerBound, touched.first.map { ranges[$0].lowerBound } ?? ids.lowerBound)
        let upper = max(ids.upperBound, touched.last.map { ranges[$0].upperBound } ?? ids.upperBound)
        ranges.replaceSubrange(touched, with: CollectionOfOne(lower...upper))
    }

    /// - Complexity: linear in the number of ranges of both.
    mutating func formUnion(_ others: IDRanges) {
        var union = IDRanges()
        var (left, right) = (ranges[...], others.ranges[...])
        while let first = left.first, let other = right.first {
            union.add(first.lowerBound <= other.lowerBound ? left.removeFirst() : right.removeFirst())
        }
        for ids in left { union.add(ids) }
        for ids in right { union.add(ids) }
        self = union
    }

    /// The ids that are not in `others`.
    ///
    /// - Complexity: linear in the number of ranges of both.
    func subtracting(_ others: IDRanges) -> IDRanges {
        var rest = IDRanges()
        var index = 0
        for range in ranges {
            var lower = range.lowerBound
            var isDone = false
            while !isDone, index < others.ranges.count, others.ranges[index].lowerBound <= range.upperBound {
                let other = others.ranges[index]
                if other.lowerBound > lower { rest.add(lower...other.lowerBound - 1) }
                // It may reach into the next one.
                isDone = other.upperBound >= range.upperBound
                guard !isDone else { break }
                lower = max(lower, other.upperBound + 1)
                index += 1
            }
            if !isDone { rest.add(lower...range.upperBound) }
        }
        return rest
    }

    /// - Complexity: logarithmic in the number of ranges.
    func contains(_ id: Int64) -> Bool {
        let index = lowerIndex(of: id)
        return index < ranges.count && ranges[index].contains(id)
    }

    /// The id before `id`. In a damaged table a row may have any id, the least of all included.
    private static func before(_ id: Int64) -> Int64 { id == .min ? id : id - 1 }

    /// The index of the first range that does not end before `id`.
    private func lowerIndex(of id: Int64) -> Int {
        if let last = ranges.last, last.upperBound < id { return ranges.count }
        var (low, high) = (0, ranges.count)
        while low < high {
            let middle = (low + high) / 2
            if ranges[middle].upperBound < id { low = middle + 1 } else { high = middle }
        }
        return low
    }
}
