import Testing

@testable import TapedeckCLI

@Suite struct ReportTests {
    @Test func `A scale goes in steps of one, two and five from the least to the greatest`() {
        let scale = LatencyScale(covering: 15...120)
        #expect(scale.lowerBounds == [10, 20, 50, 100])
        #expect(scale.end == 200)
        #expect(scale.counts(of: [15, 19, 20, 49, 50, 99, 100, 120]) == [2, 2, 2, 2])
    }

    @Test(
        arguments: [0...0, 0...1, 1...1, 999...1000, 0...UInt64.max, UInt64.max...UInt64.max]
            as [ClosedRange<UInt64>]
    )
    func `Every latency has a bucket, and there are never too many`(range: ClosedRange<UInt64>) {
        let scale = LatencyScale(covering: range)
        #expect(scale.lowerBounds.count <= 24)
        #expect(scale.lowerBounds == scale.lowerBounds.sorted())
        #expect(scale.lowerBounds.first.map { $0 <= range.lowerBound } == true)
        #expect(scale.end.map { $0 > range.upperBound } ?? true)
        let counts = scale.counts(of: [range.lowerBound, range.upperBound])
        #expect(counts.reduce(0, +) == 2)
        #expect(counts.first.map { $0 > 0 } == true && counts.last.map { $0 > 0 } == true)
    }

    @Test func `The fullest bucket has the whole height, and the emptiest still shows`() {
        let scale = LatencyScale(covering: 1...99)
        let latencies = Array(repeating: UInt64(1), count: 1000) + [5, 99]
        #expect(scale.histogram(of: latencies) == "█ ▁  ▁")
        #expect(scale.histogram(of: []) == "      ")
    }

    @Test func `A percentile is a latency that was measured`() {
        func percentiles(_ latencies: [UInt64]) -> [UInt64?] {
            var statistics = StatisticsSummary(name: "p", of: [])
            statistics.latencies = latencies
            return [1, 50, 90, 99, 100].map { statistics.latencyPercentile($0) }
        }
        #expect(percentiles([]) == [nil, nil, nil, nil, nil])
        #expect(percentiles([7]) == [7, 7, 7, 7, 7])
        #expect(percentiles([1, 2]) == [1, 1, 2, 2, 2])
        #expect(percentiles(Array(1...100)) == [1, 50, 90, 99, 100])
        #expect(percentiles(Array(1...1000)) == [10, 500, 900, 990, 1000])
    }

    @Test func `Progress says how much is done, how fast, and how long it takes`() {
        let progress = Progress(byteCount: 50_000_000, exchangeCount: 4000, total: .bytes(200_000_000))
        #expect(
            ProgressLine.text("importing", progress, elapsed: .seconds(2), width: 120)
                == "importing  ▕█████               ▏  25%  50.0 MB of 200 MB  25.0 MB/s  2,000 exchanges/s  0:06 left"
        )
        #expect(
            ProgressLine.text("importing", progress, elapsed: .seconds(2), width: 80)
                == "importing  ▕█████               ▏  25%  50.0 MB of 200 MB  25.0 MB/s  0:06 left"
        )
        let whole = Progress(byteCount: 100, exchangeCount: 30, total: .exchanges(30))
        #expect(
            ProgressLine.text("exporting", whole, elapsed: .seconds(1), width: 120)
                == "exporting  ▕████████████████████▏ 100%  30 of 30  100 B/s  30 exchanges/s"
        )
    }

    @Test func `Progress without a known end shows no part of it, and never breaks the line`() {
        let progress = Progress(byteCount: 1000, exchangeCount: 10, total: nil)
        #expect(
            ProgressLine.text("importing", progress, elapsed: .seconds(1), width: 80)
                == "importing  1.00 kB  1.00 kB/s  10 exchanges/s"
        )
        let empty = Progress(byteCount: 0, exchangeCount: 0, total: .bytes(0))
        for width in 0..<60 {
            for progress in [
                progress, empty, Progress(byteCount: 9, exchangeCount: 1, total: .bytes(90_000_000_000)),
            ] {
                #expect(
                    ProgressLine.text("importing", progress, elapsed: .zero, width: width).displayWidth
                        <= width
                )
            }
        }
    }

    @Test func `A table's columns are as wide as what they hold`() {
        var table = TextTable([.init("NAME", .left, widthLimit: 6), .init("N", .right)])
        table.add(["日本", "1,000"])
        table.add(["abcdefgh", ""])
        #expect(table.text == "NAME        N\n日本    1,000\nabcde…\n")
    }
}
