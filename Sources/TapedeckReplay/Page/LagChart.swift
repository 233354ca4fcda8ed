#if canImport(Glibc)
private import Glibc
#elseif canImport(Musl)
private import Musl
#elseif canImport(Darwin)
private import Darwin
#endif

/// How late requests were sent in the course of a run.
struct LagChart {
    private static let (left, right, top, base) = (0.0, 720.0, 24.0, 150.0)

    let summary: String
    let outline: String
    let timeTicks: [ChartTick]
    let lagTicks: [ChartTick]

    /// A chart; nil where nothing was sent.
    init?(_ series: LagSeries, lag: LatencyDistribution) {
        let lags = series.maximumNanoseconds
        guard !lags.isEmpty, let median = lag.quantile(0.5), let last = lag.quantile(0.99) else { return nil }
        let longest = Double(max(1000, lags.max() ?? 0))
        let whole = Double(series.stretchNanoseconds) * Double(lags.count)
        func x(_ nanoseconds: Double) -> Double {
            Self.left + nanoseconds / whole * (Self.right - Self.left)
        }
        func y(_ nanoseconds: Double) -> Double {
            Self.base - nanoseconds / longest * (Self.base - Self.top)
        }
        var path = "M\(Figures.place(Self.left)) \(Figures.place(Self.base))"
        for (index, lag) in lags.enumerated() {
            let end = x(Double(index + 1) * Double(series.stretchNanoseconds))
            path += "V\(Figures.place(y(Double(lag))))H\(Figures.place(end))"
        }
        outline = path + "V\(Figures.place(Self.base))Z"
        summary =
            "Half of all requests were sent at most \(Figures.duration(median)) after they were due, 99 % at most "
            + "\(Figures.duration(last)), all at most \(Figures.duration(lag.maximum ?? 0))."
        timeTicks = Self.steps(to: whole, atMost: 4).map {
            ChartTick(place: x($0), label: Figures.shortDuration(UInt64($0)))
        }
        lagTicks = Self.steps(to: longest, atMost: 3).map {
            ChartTick(place: y($0), label: Figures.shortDuration(UInt64($0)))
        }
    }

    /// Round values from the first above 0 to the last.
    private static func steps(to last: Double, atMost count: Int) -> [Double] {
        let decade = pow(10, log10(last).rounded(.down) - 1)
        let step =
            [1, 2, 5, 10, 20, 50, 100].map { $0 * decade }.first { last / $0 < Double(count + 1) } ?? last
        return Array(stride(from: step, through: last, by: step))
    }
}
