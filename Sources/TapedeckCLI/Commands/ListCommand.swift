import ArgumentParser
import Tapedeck

/// `tapedeck list`: one line for each exchange.
struct ListCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list",
        abstract: "List exchanges, one a line.",
        discussion: """
            Shows the id, the time of receipt in UTC, the protocol, the latency, the sizes of request and response, and \
            the first words of the request: what the user said last, or the beginning of its JSON. An exchange without \
            a response is marked as open.

              tapedeck list x.tapedeck --newest --limit 20
              tapedeck list x.tapedeck --state open --since 1h
              tapedeck list x.tapedeck --where /request/model=gpt-4o --json
              tapedeck list x.tapedeck --where /http/status=500
            """
    )

    @OptionGroup var source: StoreArgument

    @Flag(
        help: """
            Print a JSON object a line, without payloads: id, recv_ts_ns, time, protocol, latency_ns, request_bytes, \
            response_bytes, state.
            """
    )
    var json = false

    @OptionGroup(title: "Filters") var filters: FilterOptions

    func run() throws {
        let filter = try filters.filter()
        let store = try source.open()
        let reader = try ReplayReader(store: store, filter: filter)
        var output = OutputFile.standardOutput
        if json {
            while let numbered = try reader.nextNumbered() {
                try output.write(exactly: ExchangeJSON.summary(numbered).text + "\n")
            }
        } else if let first = try reader.nextNumbered() {
            if let limit = filter.limit, limit <= Self.fewRows {
                try printShortTable(from: first, reader, to: &output)
            } else {
                try printTable(from: first, reader, store, filter, to: &output)
            }
        } else {
            try StandardError.noteNothing(of: store)
        }
        try output.flush()
    }

    /// So many rows, without their payloads, may be held in memory, so that their columns are as wide as they need, and nothing else is asked of the
    /// store.
    private static let fewRows = 200

    private static var width: Int { SystemCalls.terminalWidth(1) ?? ExchangeTable.defaultWidth }

    private func printShortTable(
        from first: ReplayReader.NumberedExchange,
        _ reader: ReplayReader,
        to output: inout OutputFile
    ) throws {
        let width = Self.width
        var rows = [ExchangeTable.Row(first, width: width)]
        while let numbered = try reader.nextNumbered() {
            rows.append(ExchangeTable.Row(numbered, width: width))
        }
        let table = ExchangeTable(for: rows, width: width)
        try output.write(table.header)
        for row in rows { try output.write(table.row(row)) }
    }

    private func printTable(
        from first: ReplayReader.NumberedExchange,
        _ reader: ReplayReader,
        _ store: CaptureStore,
        _ filter: ExchangeFilter,
        to output: inout OutputFile
    ) throws {
        let table = ExchangeTable(
            lastID: try store.lastID(),
            protocols: try store.protocols(),
            filter: filter,
            width: Self.width
        )
        try output.write(table.header)
        try output.write(table.row(first))
        while let numbered = try reader.nextNumbered() { try output.write(table.row(numbered)) }
    }
}
