import Testing

@testable import TapedeckReplay

@Suite struct ShareIntervalTests {
    /// SciPy's values.
    @Test(arguments: [
        (0, 2000, 0.0, 0.0018427397936931899),
        (5, 2000, 0.000812225974865071, 0.0058244453345185285),
        (2000, 2000, 0.9981572602063068, 1.0),
        (1, 10, 0.0025285785444625728, 0.44501611702819543),
        (37, 100, 0.2755665796145391, 0.4723516405516859),
    ])
    func `Exact intervals are as others compute them`(count: Int, trials: Int, low: Double, high: Double) {
        let interval = ShareInterval.exact(count: count, of: trials)
        #expect(abs(interval.lowerBound - low) < 1e-9 && abs(interval.upperBound - high) < 1e-9)
    }

    @Test func `Of no trials nothing is known`() {
        #expect(ShareInterval.exact(count: 0, of: 0) == 0...1)
        #expect(ShareInterval.pairedDifference(firstOnlyCount: 0, secondOnlyCount: 0, of: 0) == -1...1)
    }

    /// By hand: (20.5 - 10.5) / 102, and 1.96 √(31 - 100 / 102) / 102 beside it.
    @Test func `An interval of a paired difference is the formula's`() {
        let interval = ShareInterval.pairedDifference(firstOnlyCount: 20, secondOnlyCount: 10, of: 100)
        #expect(abs(interval.lowerBound - -0.00722) < 1e-4 && abs(interval.upperBound - 0.20330) < 1e-4)
    }

    /// 2,000 times 300 pairs; the first differs in 12 %, the second in 8 %: 4 % apart.
    @Test func `An interval of a paired difference misses about as often as it says`() {
        var generator = SplitMix64(seed: 3)
        var missCount = 0
        for _ in 0..<2000 {
            var (first, second) = (0, 0)
            for _ in 0..<300 {
                let isFirst = Double.random(in: 0..<1, using: &generator) < 0.12
                let isSecond = Double.random(in: 0..<1, using: &generator) < 0.08
                first += isFirst && !isSecond ? 1 : 0
                second += isSecond && !isFirst ? 1 : 0
            }
            let interval = ShareInterval.pairedDifference(
                firstOnlyCount: first,
                secondOnlyCount: second,
                of: 300
            )
            missCount += interval.contains(0.04) ? 0 : 1
        }
        // 5 % are 100, with a deviation of 9.7.
        #expect((60...140).contains(missCount), "missed \(missCount) times")
    }
}
