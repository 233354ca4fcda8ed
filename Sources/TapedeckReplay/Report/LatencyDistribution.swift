#if canImport(Glibc)
private import Glibc
#elseif canImport(Musl)
private import Musl
#elseif canImport(Darwin)
private import Darwin
#endif
internal import Histogram

/// How long things took: their number, and how many took how long.
///
/// Times are kept with two digits, from 1 µs up.
public struct LatencyDistribution: Sendable {
    /// A range of times and how many fell into it.
    public struct Bucket: Sendable, Hashable {
        /// The first time of the range, in nanoseconds.
        public let lowerNanoseconds: UInt64
        /// The first time after the range, in nanoseconds.
        public let upperNanoseconds: UInt64
        /// How many fell into it.
        public let count: Int
    }

    private var histogram: Histogram<UInt64>

    /// A distribution of nothing.
    public init() {
        histogram = Histogram(
            lowestDiscernibleValue: 1000,
            highestTrackableValue: 60_000_000_000,
            numberOfSignificantValueDigits: .two
        )
        histogram.autoResize = true
    }

    /// Adds a time.
    ///
    /// - Parameter nanoseconds: the time.
    public mutating func add(_ nanoseconds: UInt64) {
        // A day is more than anybody waits, and keeps the table short.
        histogram.record(min(nanoseconds, 86_400_000_000_000))
    }

    /// How many there are.
    public var count: Int { Int(histogram.totalCount) }

    /// The time that a share of all did not exceed.
    ///
    /// - Parameter share: the share, 0 through 1.
    /// - Returns: the time in nanoseconds; nil where there are none.
    public func quantile(_ share: Double) -> UInt64? {
        count == 0 ? nil : histogram.valueAtPercentile(share * 100)
    }

    /// The longest time, in nanoseconds; nil where there are none.
    public var maximum: UInt64? { count == 0 ? nil : histogram.max }

    /// The distribution in ranges of equal ratio.
    ///
    /// - Parameter decadeCount: how many ranges there are between a time and ten times that, 1 or more.
    /// - Returns: the ranges from the shortest time to the longest, those in which there are none included.
    public func buckets(perDecade decadeCount: Int) -> [Bucket] {
        var buckets: [Bucket] = []
        var step = 0
        // The first range holds all that a microsecond's digits do not tell apart.
        var upper: UInt64 = 1000
        for recorded in histogram.recordedValues() {
            while recorded.value >= upper || buckets.isEmpty {
                let lower = step == 0 ? 0 : upper
                if step > 0 {
                    upper = UInt64((1000 * pow(10, Double(step) / Double(decadeCount))).rounded())
                }
                step += 1
                // Nothing stands before the first that holds any.
                guard !buckets.isEmpty || recorded.value < upper else { continue }
                buckets.append(Bucket(lowerNanoseconds: lower, upperNanoseconds: upper, count: 0))
            }
            let last = buckets.removeLast()
            buckets.append(
                Bucket(
                    lowerNanoseconds: last.lowerNanoseconds,
                    upperNanoseconds: last.upperNanoseconds,
                    count: last.count + Int(recorded.count)
                )
            )
        }
        return buckets
    }
}
