/// Ids as ranges of neighbours, ascending.
struct IDRanges {
    private(set) var ranges: [ClosedRange<Int64>] = []

    /// - Complexity: constant for ids above all others, and linear in the number of ranges for any.
    mutating func add(_ ids: ClosedRange<Int64>) {
        let touched = (lowerIndex(of: ids.lowerBound - 1)..<ranges.count).prefix {
            ranges[$0].lowerBound - 1 <= ids.upperBound
        }
        let lower = min(ids.lowerBound, touched.first.map { ranges[$0].lowerBound } ?? ids.lowerBound)
        let upper = max(ids.upperBound, touched.last.map { ranges[$0].upperBound } ?? ids.upperBound)
        ranges.replaceSubrange(touched, with: CollectionOfOne(lower...upper))
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
