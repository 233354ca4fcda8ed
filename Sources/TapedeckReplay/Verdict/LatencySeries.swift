/// Latencies that are judged together.
struct LatencySeries {
    /// What was timed.
    enum Kind: String {
        case latency = "latency"
        case firstEvent = "time to first event"
        case eventGap = "gap between events"
    }

    let kind: Kind
    /// The protocol whose exchanges they are; nil for all.
    let `protocol`: String?
    let latencies: PairedLatencies

    /// Whether the verdict depends on it when nothing can be said.
    var isDecisive: Bool { `protocol` == nil }

    /// Those with enough exchanges.
    var judgedQuantiles: [LatencyQuantile] {
        LatencyQuantile.allCases.filter { latencies.count >= $0.minimumCount }
    }

    func name(at quantile: LatencyQuantile) -> String {
        "\(kind.rawValue) \(quantile.rawValue)" + (`protocol`.map { " of \($0)" } ?? "")
    }
}
