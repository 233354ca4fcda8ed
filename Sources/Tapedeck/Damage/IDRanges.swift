/// Ids that came in ascending order, as ranges of neighbours.
struct IDRanges {
    private(set) var ranges: [ClosedRange<Int64>] = []

    /// - Parameter ids: none of them below those that were added before.
    mutating func add(_ ids: ClosedRange<Int64>) {
        if let last = ranges.last, last.upperBound >= ids.lowerBound - 1 {
            ranges[ranges.count - 1] = last.lowerBound...max(last.upperBound, ids.upperBound)
        } else {
            ranges.append(ids)
        }
    }

    /// - Complexity: logarithmic in the number of ranges.
    func contains(_ id: Int64) -> Bool {
        var (low, high) = (0, ranges.count)
        while low < high {
            let middle = (low + high) / 2
            if ranges[middle].upperBound < id { low = middle + 1 } else { high = middle }
        }
        return low < ranges.count && ranges[low].contains(id)
    }
}
