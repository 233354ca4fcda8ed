import Testing

@testable import TapedeckReplay

@Suite struct LatencyRatioEstimatorTests {
    private static func ratios(
        _ latencies: PairedLatencies,
        confidence: Double = 0.95,
        resampleCount: Int = 400,
        seed: UInt64 = 1,
        quantiles: [LatencyQuantile] = LatencyQuantile.allCases
    ) -> [LatencyRatio] {
        var generator = SplitMix64(seed: seed)
        return LatencyRatioEstimator(latencies, quantiles: quantiles)
            .ratios(confidence: confidence, resampleCount: resampleCount, using: &generator)
    }

    private static func simulated(
        count: Int,
        noise: Double,
        using generator: inout SplitMix64
    ) -> PairedLatencies {
        var latencies = PairedLatencies()
        for _ in 0..<count {
            let base = LatencyNoise.logNormal(median: 5e8, deviation: 1.4, using: &generator)
            func answer() -> UInt64 { UInt64(base * LatencyNoise.factor(noise, using: &generator)) }
            latencies.append(
                PairedTiming(
                    targetNanoseconds: answer(),
                    baselineNanoseconds: answer()
                )
            )
        }
        return latencies
    }

    @Test func `Twice as slow is 2, at each quantile`() {
        var latencies = PairedLatencies()
        for index in 1...1000 {
            let base = UInt64(index) * 1_000_000
            latencies.append(PairedTiming(targetNanoseconds: 2 * base, baselineNanoseconds: base))
        }
        for ratio in Self.ratios(latencies) {
            #expect(abs(ratio.estimate - 2) < 1e-4)
            #expect(abs(ratio.interval.lowerBound - 2) < 1e-4 && abs(ratio.interval.upperBound - 2) < 1e-4)
        }
    }

    @Test func `Quantiles are values that occur, by rank`() {
        var latencies = PairedLatencies()
        for index in 1...1000 {
            // The slowest 20 take three times as long; the p99 is the 990th.
            let target = UInt64(index) * (index > 980 ? 3000 : 1000)
            latencies.append(
                PairedTiming(targetNanoseconds: target, baselineNanoseconds: UInt64(index) * 1000)
            )
        }
        let estimates = Self.ratios(latencies).map(\.estimate)
        #expect(abs(estimates[0] - 1) < 1e-4 && abs(estimates[1] - 1) < 1e-4 && abs(estimates[2] - 3) < 1e-4)
    }

    @Test func `Latencies of zero and a single exchange do no harm`() {
        var latencies = PairedLatencies()
        latencies.append(PairedTiming(targetNanoseconds: 0, baselineNanoseconds: 0))
        #expect(Self.ratios(latencies).allSatisfy { $0.estimate == 1 && $0.interval == 1...1 })
    }

    @Test func `The same seed gives the same intervals, another one others`() {
        var generator = SplitMix64(seed: 2)
        let latencies = Self.simulated(count: 300, noise: 0.3, using: &generator)
        #expect(Self.ratios(latencies, seed: 9) == Self.ratios(latencies, seed: 9))
        #expect(Self.ratios(latencies, seed: 9) != Self.ratios(latencies, seed: 10))
    }

    @Test func `More confidence takes a wider interval`() {
        var generator = SplitMix64(seed: 4)
        let latencies = Self.simulated(count: 300, noise: 0.3, using: &generator)
        for (plain, wide) in zip(Self.ratios(latencies), Self.ratios(latencies, confidence: 0.999)) {
            #expect(wide.interval.lowerBound < plain.interval.lowerBound)
            #expect(wide.interval.upperBound > plain.interval.upperBound)
            #expect(wide.estimate == plain.estimate && wide.plausibleMaximum == plain.plausibleMaximum)
            #expect(plain.interval.upperBound == plain.plausibleMaximum)
        }
    }

    /// 200 unchanged builds each. 5 % of the intervals may miss the true ratio of 1: 10, with a deviation of 3.1.
    @Test(arguments: [0.05, 0.3, 1.0])
    func `Intervals of unchanged builds miss 1 about as often as they may`(noise: Double) {
        var missCounts = [0, 0, 0]
        for seed in 0..<200 {
            var generator = SplitMix64(seed: UInt64(seed) &* 7919 &+ 13)
            let latencies = Self.simulated(count: 1000, noise: noise, using: &generator)
            for (index, ratio) in Self.ratios(latencies, resampleCount: 200, seed: UInt64(seed)).enumerated()
            {
                missCounts[index] += ratio.interval.contains(1) ? 0 : 1
            }
        }
        #expect(missCounts.allSatisfy { $0 <= 20 }, "\(missCounts)")
        // Those of paired ratios miss as often as they should; those of p90 and p99 are on the wide side.
        #expect(missCounts[0] >= 2, "\(missCounts)")
    }
}
