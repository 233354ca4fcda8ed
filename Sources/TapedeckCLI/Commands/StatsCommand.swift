import ArgumentParser
import Tapedeck

/// `tapedeck stats`: exchanges in numbers.
struct StatsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "stats",
        abstract: "Sum exchanges up, protocol by protocol.",
        discussion: """
            Shows how many exchanges there are and how many are open, the bytes of their payloads, when the first and \
            the last were received, and their latencies: percentiles (nearest rank, exact) and a histogram on a \
            logarithmic scale, the same for every protocol. Payloads are read only with --failed, \
            --where or --limit.

              tapedeck stats x.tapedeck
              tapedeck stats x.tapedeck --protocol openai.chat --since 1h --json
              tapedeck stats x.tapedeck --failed

            With --failed it counts what failed, protocol by protocol.
            """
    )

    @OptionGroup var source: StoreArgument

    @Flag(
        help:
            "Print one JSON object: the totals, and the same for each of the 'protocols'. Latencies are in ns."
    )
    var json = false

    @OptionGroup(title: "Filters") var filters: FilterOptions

    func run() throws {
        let filter = try filters.filter()
        let store = try source.open()
        let statistics = try store.statistics(filter)
        let report = StatisticsReport(
            protocols: statistics.map { StatisticsSummary($0) },
            total: StatisticsSummary(name: "total", of: statistics)
        )
        var output = OutputFile.standardOutput
        if json {
            try output.write(exactly: StatisticsJSON.object(report).text + "\n")
        } else if statistics.isEmpty {
            try StandardError.noteNothing(of: store)
        } else {
            try output.write(report.text)
        }
        try output.flush()
    }
}
