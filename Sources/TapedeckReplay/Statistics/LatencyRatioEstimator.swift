#if canImport(Glibc)
private import Glibc
#elseif canImport(Musl)
private import Musl
#elseif canImport(Darwin)
private import Darwin
#endif

/// Estimates the ratio of a build's latency to the baseline's at quantiles.
///
/// - p50 is the median of the ratios of pairs: each exchange is compared with itself, so that it does not matter how much
///   exchanges differ from each other.
/// - p90 and p99 are ratios of the quantiles of all latencies. The p99 of paired ratios would be large from noise
///   alone, in an unchanged build too, and would not say whether the slowest exchanges became slower.
struct LatencyRatioEstimator {
    let quantiles: [LatencyQuantile]
    private let exchangeCount: Int
    private let ratios: OwnedValues
    /// In descending order, as the quantiles lie near the upper end.
    private let targets: OwnedValues
    private let baselines: OwnedValues

    /// - Parameters:
    ///   - latencies: Of one exchange or more.
    ///   - quantiles: What is estimated.
    init(_ latencies: PairedLatencies, quantiles: [LatencyQuantile]) {
        precondition(latencies.count > 0)
        self.quantiles = quantiles
        exchangeCount = latencies.count
        ratios = OwnedValues(zip(latencies.targets, latencies.baselines).map { $0 - $1 }, by: <)
        targets = OwnedValues(latencies.targets, by: >)
        baselines = OwnedValues(latencies.baselines, by: >)
    }

    /// The logarithms of the ratios at the quantiles, when each exchange counts as often as its weight says.
    ///
    /// - Parameter weights: One for each exchange; their sum is the number of exchanges.
    /// - Returns: One for each quantile.
    func logarithms(weights: [UInt16]) -> [Double] {
        quantiles.map { quantile in
            if quantile == .p50 {
                return Double(ratios.value(at: quantile.rank(of: ratios.count), weights: weights))
            }
            return Double(value(of: targets, at: quantile, weights: weights))
                - Double(value(of: baselines, at: quantile, weights: weights))
        }
    }

    /// The ratios with intervals from a paired bootstrap: exchanges are drawn again, with all of their latencies.
    ///
    /// Efron and Tibshirani, "An Introduction to the Bootstrap" (1993), chapters 8 and 13: the interval is that of the
    /// percentiles, on the scale of logarithms. Where fewer than ten resamples would lie beyond a percentile, the one
    /// beyond which ten lie is taken, and its distance from the estimate is stretched by the ratio of the normal
    /// distribution's quantiles.
    ///
    /// - Parameters:
    ///   - confidence: Above 0 and below 1, of both sides together.
    ///   - resampleCount: 100 or more.
    ///   - generator: Where the draws come from.
    /// - Returns: One for each quantile.
    /// - Complexity: O(`resampleCount` · *n*) for *n* exchanges, with 2 *n* bytes beside the sorted latencies.
    func ratios(
        confidence: Double,
        resampleCount: Int,
        using generator: inout SplitMix64
    ) -> [LatencyRatio] {
        precondition(confidence > 0 && confidence < 1 && resampleCount >= 100)
        let estimates = logarithms(weights: [UInt16](repeating: 1, count: exchangeCount))
        var resampled = [[Double]](repeating: [], count: quantiles.count)
        var weights = [UInt16](repeating: 0, count: exchangeCount)
        for _ in 0..<resampleCount {
            draw(&weights, using: &generator)
            for (index, value) in logarithms(weights: weights).enumerated() { resampled[index].append(value) }
        }
        let share = (1 - confidence) / 2
        return zip(estimates, resampled).map { estimate, values in
            let deviations = values.map { $0 - estimate }.sorted()
            let falls = Array(deviations.reversed().map { -$0 })
            return LatencyRatio(
                estimate: exp(estimate),
                interval: exp(
                    estimate - reach(of: falls, exceededBy: share)
                )...exp(estimate + reach(of: deviations, exceededBy: share)),
                plausibleMaximum: exp(estimate + reach(of: deviations, exceededBy: 0.025))
            )
        }
    }

    /// How far above the estimate the percentile lies that a share of the resamples exceeds, 0 or more. The deviations of
    /// the resamples from the estimate are in ascending order.
    private func reach(of deviations: [Double], exceededBy share: Double) -> Double {
        let tail = max(10, Int(share * Double(deviations.count)))
        let stretch = max(
            1,
            NormalDistribution.quantile(exceededBy: share)
                / NormalDistribution.quantile(exceededBy: Double(tail) / Double(deviations.count))
        )
        return stretch * max(0, deviations[deviations.count - 1 - tail])
    }

    private func value(of values: OwnedValues, at quantile: LatencyQuantile, weights: [UInt16]) -> Float {
        values.value(at: values.count - quantile.rank(of: values.count) + 1, weights: weights)
    }

    private func draw(_ weights: inout [UInt16], using generator: inout SplitMix64) {
        weights.withUnsafeMutableBufferPointer { weights in
            weights.update(repeating: 0)
            let count = weights.count
            var drawn = 0
            while drawn < count {
                weights[generator.index(below: count)] &+= 1
                drawn += 1
            }
        }
    }
}
