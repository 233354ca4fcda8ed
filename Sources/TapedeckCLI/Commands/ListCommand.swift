import ArgumentParser
import Tapedeck

/// `tapedeck list`: one line for each exchange.
struct ListCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list",
        abstract: "List exchanges, one a line.",
        discussion: """
            Shows the id, the time of receipt in UTC, the protocol, the latency, the HTTP status where one was recorded, the \
            sizes of request and response, and the first words of the request: what the user said last, or the beginning of \
            its JSON. An exchange without a response is marked as open.

              tapedeck list x.tapedeck --newest --limit 20
              tapedeck list x.tapedeck --state open --since 1h
              tapedeck list x.tapedeck --where /request/model=gpt-4o --json
              tapedeck list x.tapedeck --failed --since 1h
              tapedeck list x.tapedeck --where /http/status=429
            """
    )

    @OptionGroup var source: StoreArgument

    @Flag(
        help: """
            Print a JSON object a line, without payloads: id, recv_ts_ns, time, protocol, latency_ns, request_bytes, \
            response_bytes, state, http_status.
            """
    )
    var json = false

    @OptionGroup(title: "Filters") var filters: FilterOptions

    func run() throws {
        let filter = try filters.filter()
        let store = try source.open()
        let reader = try ReplayReader(store: store, filter: filter)
        var output = OutputFile.standardOutput
        do {
            if json {
                while let numbered = try reader.nextNumbered() {
                    try output.write(exactly: ExchangeJSON.summary(numbered).text + "\n")
                }
            } else {
                try printTable(reader, store, filter, to: &output)
            }
        } catch {
            // What was read is shown, whatever came behind it.
            try? output.flush()
            throw error
        }
        try output.flush()
    }

    /// So many rows, without their payloads, may be held in memory. Where there are no more, they decide which columns there are
    /// and how wide these are, so that nothing else is asked of the store.
    private static let fewRows = 200

    private static var width: Int { SystemCalls.terminalWidth(1) ?? ExchangeTable.defaultWidth }

    private func printTable(
        _ reader: ReplayReader,
        _ store: CaptureStore,
        _ filter: ExchangeFilter,
        to output: inout OutputFile
    ) throws {
        let width = Self.width
        var rows: [ExchangeTable.Row] = []
        var following: ReplayReader.NumberedExchange?
        var failure: TapedeckError?
        do throws(TapedeckError) {
            while rows.count < Self.fewRows, let numbered = try reader.nextNumbered() {
                rows.append(ExchangeTable.Row(numbered, width: width))
            }
            following = try reader.nextNumbered()
        } catch {
            failure = error
        }
        // What was read before it is shown all the same.
        if rows.isEmpty, let failure { throw failure }
        guard !rows.isEmpty else { return try StandardError.noteNothing(of: store) }
        let table =
            following == nil
            ? ExchangeTable(for: rows, width: width)
            : ExchangeTable(
                lastID: try store.lastID(),
                protocols: try store.protocols(),
                filter: filter,
                width: width
            )
        try output.write(table.header)
        for row in rows { try output.write(table.row(row)) }
        if let failure { throw failure }
        while let numbered = following {
            try output.write(table.row(numbered))
            following = try reader.nextNumbered()
        }
    }
}
