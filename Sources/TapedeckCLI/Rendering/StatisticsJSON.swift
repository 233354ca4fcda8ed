import Tapedeck

/// What `tapedeck stats` found as JSON for programs.
enum StatisticsJSON {
    /// The total's members, and an array of the protocols'.
    static func object(_ report: StatisticsReport) -> JSONText {
        let protocols = report.protocols.map { summary in
            JSONText(object: [(name: "protocol", value: JSONText(string: summary.name))] + members(summary))
        }
        return JSONText(
            object: members(report.total) + [(name: "protocols", value: JSONText(array: protocols))]
        )
    }

    private static func members(_ summary: StatisticsSummary) -> [(name: String, value: JSONText)] {
        [
            (name: "count", value: JSONText(integer: summary.count)),
            (name: "open_count", value: JSONText(integer: summary.openCount)),
            (name: "first_recv_ts_ns", value: ExchangeJSON.integer(summary.earliestNanoseconds)),
            (name: "last_recv_ts_ns", value: ExchangeJSON.integer(summary.latestNanoseconds)),
            (name: "request_bytes", value: JSONText(integer: summary.requestByteCount)),
            (name: "response_bytes", value: JSONText(integer: summary.responseByteCount)),
            (name: "latency_ns", value: latency(summary)),
        ]
    }

    private static func latency(_ summary: StatisticsSummary) -> JSONText {
        JSONText(object: [
            (name: "count", value: JSONText(integer: summary.latencies.count)),
            (name: "min", value: ExchangeJSON.integer(summary.latencies.first)),
            (name: "p50", value: ExchangeJSON.integer(summary.latencyPercentile(50))),
            (name: "p90", value: ExchangeJSON.integer(summary.latencyPercentile(90))),
            (name: "p99", value: ExchangeJSON.integer(summary.latencyPercentile(99))),
            (name: "max", value: ExchangeJSON.integer(summary.latencies.last)),
        ])
    }
}
