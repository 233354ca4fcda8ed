import Testing

@testable import TapedeckReplay

@Suite struct LatencyDistributionTests {
    @Test func `Quantiles are those of the times, to a hundredth`() throws {
        var distribution = LatencyDistribution()
        for millisecond in 1...1000 { distribution.add(UInt64(millisecond) * 1_000_000) }
        for (share, expected) in [(0.5, 5e8), (0.9, 9e8), (0.99, 9.9e8), (1, 1e9)] {
            let found = Double(try #require(distribution.quantile(share)))
            #expect(abs(found / expected - 1) < 0.01)
        }
        #expect(distribution.count == 1000)
    }

    @Test func `Every time is in one of the ranges, and none has a hole`() {
        var distribution = LatencyDistribution()
        for time in [0, 5, 900, 1_000, 123_456, 70_000_000_000, UInt64.max] { distribution.add(time) }
        let buckets = distribution.buckets(perDecade: 10)
        #expect(buckets.reduce(0) { $0 + $1.count } == 7)
        for (left, right) in zip(buckets, buckets.dropFirst()) {
            #expect(left.upperNanoseconds == right.lowerNanoseconds)
        }
        #expect(buckets.last?.count != 0)
    }

    @Test func `Nothing has no quantile and no range`() {
        #expect(LatencyDistribution().quantile(0.5) == nil)
        #expect(LatencyDistribution().maximum == nil)
        #expect(LatencyDistribution().buckets(perDecade: 5).isEmpty)
    }
}

@Suite struct LagSeriesTests {
    @Test func `A long run is told in no more stretches than a short one, and keeps its peaks`() {
        var series = LagSeries()
        for second in 0..<100_000 {
            series.add(
                lagNanoseconds: second == 77_777 ? 5_000 : 1,
                dueNanoseconds: UInt64(second) * 1_000_000_000
            )
        }
        #expect((120...240).contains(series.maximumNanoseconds.count))
        let peak = series.maximumNanoseconds.firstIndex(of: 5_000)
        #expect(peak == Int(77_777_000_000_000 / series.stretchNanoseconds))
        #expect(series.maximumNanoseconds.count { $0 == 5_000 } == 1)
    }
}
