/// The buckets into which the histograms of one report sort latencies: on a logarithmic scale, and the same for all of
/// them, so that they can be compared.
struct LatencyScale: Hashable {
    private static let mostBuckets = 24
    private static let blocks = Array("▁▂▃▄▅▆▇█")

    /// Where the buckets begin, in nanoseconds, ascending.
    let lowerBounds: [UInt64]
    /// Where the last ends; nil where that is beyond 64 bits.
    let end: UInt64?

    /// Covers a range with steps of 1, 2, 5, 10 and so on, or with powers of ten where that would be too many.
    init(covering range: ClosedRange<UInt64>) {
        var scale = Self.steps([1, 2, 5], covering: range)
        if scale.bounds.count > Self.mostBuckets { scale = Self.steps([1], covering: range) }
        lowerBounds = scale.bounds
        end = scale.end
    }

    private static func steps(
        _ factors: [UInt64],
        covering range: ClosedRange<UInt64>
    ) -> (bounds: [UInt64], end: UInt64?) {
        var bounds: [UInt64] = [0]
        var power: UInt64? = 1
        while let unit = power {
            for factor in factors {
                let (bound, overflow) = unit.multipliedReportingOverflow(by: factor)
                if overflow { break }
                if bound > range.upperBound { return (bounds, bound) }
                if bound <= range.lowerBound { bounds.removeAll() }
                bounds.append(bound)
            }
            let (next, overflow) = unit.multipliedReportingOverflow(by: 10)
            power = overflow ? nil : next
        }
        return (bounds, nil)
    }

    /// How many latencies are in each bucket.
    ///
    /// - Parameter latencies: in ascending order.
    /// - Returns: a count for each of the lower bounds.
    func counts(of latencies: [UInt64]) -> [Int] {
        var counts = Array(repeating: 0, count: lowerBounds.count)
        var bucket = 0
        for latency in latencies {
            while bucket + 1 < lowerBounds.count, latency >= lowerBounds[bucket + 1] { bucket += 1 }
            counts[bucket] += 1
        }
        return counts
    }

    /// A histogram as one line of blocks. The fullest bucket has the whole height; one with anything in it shows.
    ///
    /// - Parameter latencies: in ascending order.
    /// - Returns: a character for each bucket.
    func histogram(of latencies: [UInt64]) -> String {
        let counts = counts(of: latencies)
        let most = max(1, counts.max() ?? 0)
        return String(
            counts.map { count -> Character in
                // Rounded up, so that nothing vanishes.
                count == 0 ? " " : Self.blocks[(count * Self.blocks.count + most - 1) / most - 1]
            }
        )
    }

    /// Both ends of the scale: `10 ms … 5.00 s`.
    var title: String {
        "\(Quantities.latency(lowerBounds.first ?? 0)) … \(Quantities.latency(end ?? .max))"
    }
}
