#if canImport(Glibc)
private import Glibc
#elseif canImport(Musl)
private import Musl
#elseif canImport(Darwin)
private import Darwin
#endif

/// How long the reference and the candidate took, as two outlines over a logarithmic axis, and their quantiles below.
struct DistributionChart {
    /// The quantiles of one of both, as places.
    struct Strip {
        let name: String
        let y: Int
        let median: String
        let ninth: String
        let last: String
    }

    private static let (left, right, top, base) = (16.0, 344.0, 10.0, 118.0)
    private static let leastLabelDistance = 27.0

    let summary: String
    let referenceOutline: String
    let candidateOutline: String
    let ticks: [ChartTick]
    let strips: [Strip]
    let quantileLabels: [ChartTick]

    /// A chart of two distributions; nil where both are empty.
    init?(
        reference: (name: String, times: LatencyDistribution),
        candidate: (name: String, times: LatencyDistribution)
    ) {
        let both = [reference, candidate].filter { $0.times.count > 0 }
        let perDecade = Self.bucketCount(both.map(\.times))
        let buckets = [reference, candidate].map { $0.times.buckets(perDecade: perDecade) }
        guard let first = buckets.compactMap(\.first?.lowerNanoseconds).min(),
            let last = buckets.compactMap(\.last?.upperNanoseconds).max()
        else { return nil }
        let axis = LogarithmicAxis(nanoseconds: first...last, from: Self.left, to: Self.right)
        let highest = buckets.map(Self.highestShare).max() ?? 1
        summary = both.map(Self.summary).joined(separator: " ")
        referenceOutline = Self.outline(buckets[0], on: axis, highest: highest)
        candidateOutline = Self.outline(buckets[1], on: axis, highest: highest)
        ticks = axis.ticks
        strips = [Self.strip(reference, at: 150, on: axis), Self.strip(candidate, at: 164, on: axis)]
            .compactMap(\.self)
        quantileLabels = Self.quantileLabels(
            candidate.times.count > 0 ? candidate.times : reference.times,
            axis
        )
    }

    /// How finely a distribution is drawn: the fewer there are and the wider they lie, the coarser.
    private static func bucketCount(_ distributions: [LatencyDistribution]) -> Int {
        let count = distributions.map(\.count).min() ?? 0
        let bucketCount = min(48, 3 * cbrt(Double(count)))
        let first = distributions.compactMap { $0.quantile(0) }.min() ?? 1
        let last = distributions.compactMap(\.maximum).max() ?? 1
        let decadeCount = max(0.3, log10(Double(max(1, last)) / Double(max(1, first))))
        return [40, 32, 24, 20, 16, 12, 10, 8, 6].first { Double($0) * decadeCount <= bucketCount } ?? 5
    }

    private static func highestShare(_ buckets: [LatencyDistribution.Bucket]) -> Double {
        let total = buckets.reduce(0) { $0 + $1.count }
        return Double(buckets.map(\.count).max() ?? 0) / Double(max(1, total))
    }

    /// The outline as an SVG path, closed along the axis. The height is the share of all, so that unlike numbers compare.
    private static func outline(
        _ buckets: [LatencyDistribution.Bucket],
        on axis: LogarithmicAxis,
        highest: Double
    ) -> String {
        guard let first = buckets.first else { return "" }
        let total = Double(max(1, buckets.reduce(0) { $0 + $1.count }))
        var path = "M\(Figures.place(axis.place(first.lowerNanoseconds))) \(Figures.place(base))"
        for bucket in buckets {
            let height = Double(bucket.count) / total / highest * (base - top)
            path += "V\(Figures.place(base - height))H\(Figures.place(axis.place(bucket.upperNanoseconds)))"
        }
        return path + "V\(Figures.place(base))Z"
    }

    private static func strip(
        _ side: (name: String, times: LatencyDistribution),
        at y: Int,
        on axis: LogarithmicAxis
    ) -> Strip? {
        guard let median = side.times.quantile(0.5), let ninth = side.times.quantile(0.9),
            let last = side.times.quantile(0.99)
        else { return nil }
        let places = [median, ninth, last].map { Figures.place(axis.place($0)) }
        return Strip(
            name: y < 160 ? "reference" : "candidate",
            y: y,
            median: places[0],
            ninth: places[1],
            last: places[2]
        )
    }

    /// The names of the quantiles, those that have room.
    private static func quantileLabels(_ times: LatencyDistribution, _ axis: LogarithmicAxis) -> [ChartTick] {
        var labels: [ChartTick] = []
        var taken: [Double] = []
        for (name, share) in [("p50", 0.5), ("p99", 0.99), ("p90", 0.9)] {
            guard let place = times.quantile(share).map({ axis.place($0) }),
                taken.allSatisfy({ abs($0 - place) >= leastLabelDistance })
            else { continue }
            taken.append(place)
            labels.append(ChartTick(place: place, label: name))
        }
        return labels
    }

    private static func summary(_ side: (name: String, times: LatencyDistribution)) -> String {
        let quantiles = [("p50", 0.5), ("p90", 0.9), ("p99", 0.99)].compactMap { name, share in
            side.times.quantile(share).map { "\(name) \(Figures.duration($0))" }
        }
        return "\(side.name): \(quantiles.joined(separator: ", "))."
    }
}
