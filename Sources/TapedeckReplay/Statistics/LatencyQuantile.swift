/// A place in the distribution of latencies that a gate looks at.
public enum LatencyQuantile: String, Sendable, Hashable, CaseIterable, Codable {
    /// The median.
    case p50
    /// What one exchange in ten exceeds.
    case p90
    /// What one exchange in a hundred exceeds.
    case p99

    /// The share of exchanges that are not above it.
    public var share: Double {
        switch self {
        case .p50: 0.5
        case .p90: 0.9
        case .p99: 0.99
        }
    }

    /// The fewest exchanges that say anything about it: ten or more of them are above it.
    ///
    /// With fewer, resampling meets the same two or three values again and again, and its interval is too narrow.
    public var minimumCount: Int {
        switch self {
        case .p50: 40
        case .p90: 100
        case .p99: 1000
        }
    }

    /// Of `count` values in ascending order, the number of the one that stands for the quantile, from 1.
    func rank(of count: Int) -> Int {
        max(1, Int((share * Double(count)).rounded(.up)))
    }
}
