#if canImport(Glibc)
private import Glibc
#elseif canImport(Musl)
private import Musl
#elseif canImport(Darwin)
private import Darwin
#endif

/// An axis of times on which equal ratios are equally far apart.
struct LogarithmicAxis {
    private static let mostTicks = 5
    /// First digits of ticks, the finest first.
    private static let ladders: [[Double]] = [
        [1, 1.2, 1.4, 1.6, 1.8, 2, 2.5, 3, 3.5, 4, 4.5, 5, 6, 7, 8, 9],
        [1, 1.5, 2, 3, 4, 5, 7], [1, 2, 3, 5], [1, 2, 5], [1, 3], [1],
    ]

    private let lower: Double
    private let upper: Double
    private let start: Double
    private let end: Double

    /// An axis that holds the times, and spans a ratio of three at least.
    ///
    /// - Parameters:
    ///   - nanoseconds: the first and the last time.
    ///   - start: the place of the axis' first end.
    ///   - end: the place of its last.
    init(nanoseconds: ClosedRange<UInt64>, from start: Double, to end: Double) {
        var first = log10(max(1000, Double(nanoseconds.lowerBound)))
        var last = max(first, log10(max(1000, Double(nanoseconds.upperBound))))
        let missing = log10(3) - (last - first)
        if missing > 0 {
            first -= missing / 2
            last += missing / 2
        }
        (lower, upper, self.start, self.end) = (first, last, start, end)
    }

    /// Where a time is.
    func place(_ nanoseconds: UInt64) -> Double {
        place(Double(nanoseconds))
    }

    private func place(_ nanoseconds: Double) -> Double {
        let share = (log10(max(1, nanoseconds)) - lower) / (upper - lower)
        return start + min(1, max(0, share)) * (end - start)
    }

    /// As many round times as there is room for.
    var ticks: [ChartTick] {
        var times: [Double] = []
        for ladder in Self.ladders {
            times = (Int(lower.rounded(.down))...Int(upper.rounded(.up))).flatMap { decade in
                ladder.map { $0 * pow(10, Double(decade)) }
            }
            times.removeAll { log10($0) < lower - 1e-9 || log10($0) > upper + 1e-9 }
            if times.count <= Self.mostTicks { break }
        }
        let stride = (times.count + Self.mostTicks - 1) / Self.mostTicks
        times = times.enumerated().filter { $0.offset.isMultiple(of: max(1, stride)) }.map(\.element)
        return times.map { ChartTick(place: place($0), label: Figures.shortDuration(UInt64($0.rounded()))) }
    }
}

/// A labelled place on an axis.
struct ChartTick {
    let place: String
    let label: String

    init(place: Double, label: String) {
        self.place = Figures.place(place)
        self.label = label
    }
}
