/// Renders what `tapedeck stats` found: first what was recorded, then how long it took.
struct StatisticsReport {
    private static let widestProtocol = 32

    let protocols: [StatisticsSummary]
    let total: StatisticsSummary

    private var lines: [StatisticsSummary] { protocols + [total] }

    var text: String {
        traffic + "\n" + latencies
    }

    private var traffic: String {
        var table = TextTable([
            .init("PROTOCOL", .left, widthLimit: Self.widestProtocol),
            .init("EXCHANGES", .right), .init("OPEN", .right), .init("REQUESTS", .right),
            .init("RESPONSES", .right),
            .init("FIRST", .left), .init("LAST", .left),
        ])
        for line in lines {
            table.add([
                line.name,
                Quantities.count(line.count),
                Quantities.count(line.openCount),
                Quantities.bytes(line.requestByteCount),
                Quantities.bytes(line.responseByteCount),
                Self.time(line.earliestNanoseconds),
                Self.time(line.latestNanoseconds),
            ])
        }
        return table.text
    }

    private var latencies: String {
        guard let least = total.latencies.first, let greatest = total.latencies.last else {
            return "no latency was recorded\n"
        }
        let scale = LatencyScale(covering: least...greatest)
        var table = TextTable([
            .init("PROTOCOL", .left, widthLimit: Self.widestProtocol),
            .init("LATENCIES", .right), .init("P50", .right), .init("P90", .right), .init("P99", .right),
            .init("MAX", .right), .init(scale.title, .left),
        ])
        for line in lines where !line.latencies.isEmpty {
            table.add([
                line.name,
                Quantities.count(line.latencies.count),
                Self.latency(line.latencyPercentile(50)),
                Self.latency(line.latencyPercentile(90)),
                Self.latency(line.latencyPercentile(99)),
                Self.latency(line.latencies.last),
                scale.histogram(of: line.latencies),
            ])
        }
        return table.text
    }

    private static func time(_ nanoseconds: UInt128?) -> String {
        nanoseconds.map { Timestamp.format($0, fractionDigits: 0) } ?? "-"
    }

    private static func latency(_ nanoseconds: UInt64?) -> String {
        nanoseconds.map { Quantities.latency($0) } ?? "-"
    }
}
