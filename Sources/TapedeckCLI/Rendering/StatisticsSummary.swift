import Tapedeck

/// What `tapedeck stats` says of one protocol, or of all of them together.
struct StatisticsSummary {
    let name: String
    let count: Int
    let openCount: Int
    /// Nil where there is no exchange.
    let earliestNanoseconds: UInt128?
    let latestNanoseconds: UInt128?
    let requestByteCount: Int
    let responseByteCount: Int
    /// In ascending order.
    var latencies: [UInt64]

    init(_ statistics: ProtocolStatistics) {
        self.init(name: statistics.protocol, of: [statistics])
    }

    /// Adds several up.
    init(name: String, of statistics: [ProtocolStatistics]) {
        self.name = name
        count = statistics.map(\.count).reduce(0, +)
        openCount = statistics.map(\.openCount).reduce(0, +)
        earliestNanoseconds = statistics.map(\.earliestNanoseconds).min()
        latestNanoseconds = statistics.map(\.latestNanoseconds).max()
        requestByteCount = statistics.map(\.requestByteCount).reduce(0, +)
        responseByteCount = statistics.map(\.responseByteCount).reduce(0, +)
        latencies =
            statistics.count == 1
            ? statistics[0].latenciesNanoseconds : statistics.flatMap(\.latenciesNanoseconds).sorted()
    }

    /// The latency that so many percent do not exceed, by nearest rank: always one that was measured.
    ///
    /// - Parameter percent: 1 to 100.
    /// - Returns: nil where there is no latency.
    func latencyPercentile(_ percent: Int) -> UInt64? {
        guard !latencies.isEmpty else { return nil }
        return latencies[(latencies.count * percent + 99) / 100 - 1]
    }
}
