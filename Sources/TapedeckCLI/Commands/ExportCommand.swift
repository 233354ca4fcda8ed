import ArgumentParser
import Tapedeck
import TapedeckRedaction

/// `tapedeck export`: from a store to an archive.
struct ExportCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "export",
        abstract: "Write exchanges to an archive (JSON Lines).",
        discussion: """
            Payloads come out byte for byte as they were recorded. A file gets its name only when it is whole, and then \
            takes the place of one that was there.

              tapedeck export x.tapedeck monday.jsonl --since 2024-06-10 --until 2024-06-11
              tapedeck export x.tapedeck --protocol 'openai.*' | gzip > openai.jsonl.gz
              tapedeck export x.tapedeck shared.jsonl \\
                  --redact rules.json --redact-key-file redaction.key
            """
    )

    @OptionGroup var source: StoreArgument

    @Argument(help: "The archive's file; '-' is standard output.", completion: .file())
    var archive = "-"

    @Flag(help: "Leave out members beyond the five of the line format, for readers that insist on five.")
    var withoutExtra = false

    @Flag(
        help:
            "Print the summary as JSON: on standard output, or on standard error if the archive goes to the former."
    )
    var json = false

    @OptionGroup(title: "Redaction") var redaction: RedactionOptions

    @OptionGroup(title: "Filters") var filters: FilterOptions

    private var isToStandardOutput: Bool { archive == "-" }

    func run() throws {
        let filter = try filters.filter()
        let redactor = try redaction.redactor()
        let store = try source.open()
        if !isToStandardOutput, FileFacts.areSame(archive, source.store) {
            throw UsageProblem("\(archive): this is the store itself, which the archive would replace")
        }
        let isShown = StandardError.isTerminal && !(isToStandardOutput && SystemCalls.isTerminal(1))
        let meter = ProgressMeter(
            "exporting",
            total: isShown ? try total(store, filter) : nil,
            isShown: isShown
        )
        defer { meter.erase() }
        let summary = try export(store, filter, redactor, meter)
        meter.erase()
        try report(summary, elapsed: meter.elapsed)
        RedactionReport.noteUnmatched(redactor)
        // The file is empty now, whatever it held before.
        if summary.exportedCount + summary.refusedCount == 0, !isToStandardOutput, !json {
            try StandardError.noteNothing(of: store)
        }
        guard summary.refusedCount > 0 else { return }
        let headline = "exchanges that cannot be redacted and were left out: \(summary.refusedCount)"
        LeftOutReport.show(headline, summary.refusedCount, first: summary.firstRefusals)
        throw AnswerIsNo()
    }

    private func export(
        _ store: CaptureStore,
        _ filter: ExchangeFilter,
        _ redactor: Redactor?,
        _ meter: ProgressMeter
    ) throws -> ExportSummary {
        var options = ExportOptions()
        options.transform = redactor?.redact
        options.leavesOutExtraMembers = withoutExtra
        options.progress = { meter.update(byteCount: $0.byteCount, exchangeCount: $0.exportedCount) }
        do throws(TapedeckError) {
            return try store.export(
                to: isToStandardOutput ? .standardOutput : .file(archive),
                filter: filter,
                options: options
            )
        } catch {
            if isToStandardOutput && error.code == .brokenPipe { throw OutputError.endOfStandardOutput }
            throw error
        }
    }

    /// How many exchanges there will be, where that is known without reading them.
    private func total(_ store: CaptureStore, _ filter: ExchangeFilter) throws -> Progress.Total? {
        var bare = filter
        bare.limit = nil
        bare.isLimitFromEnd = false
        bare.order = .insertion
        guard bare == ExchangeFilter() else { return filter.limit.map { .exchanges($0) } }
        return .exchanges(min(try store.count(), filter.limit ?? .max))
    }

    private func report(_ summary: ExportSummary, elapsed: Duration) throws {
        if json {
            let text = JSONText(object: [
                (name: "store", value: JSONText(string: source.store)),
                (name: "archive", value: JSONText(string: archive)),
                (name: "exported", value: JSONText(integer: summary.exportedCount)),
                (name: "refused", value: JSONText(integer: summary.refusedCount)),
                (name: "bytes", value: JSONText(integer: summary.byteCount)),
                (name: "elapsed_ns", value: JSONText(integer: elapsed.attoseconds / 1_000_000_000)),
            ]).text
            if isToStandardOutput { return StandardError.write(exactly: text + "\n") }
            var output = OutputFile.standardOutput
            try output.write(exactly: text + "\n")
            try output.flush()
        } else if !isToStandardOutput {
            let text = TransferReport.text(
                "exported",
                summary.exportedCount,
                byteCount: summary.byteCount,
                "to \(archive)",
                elapsed: elapsed
            )
            StandardError.write(text.escapingControlCharacters() + "\n")
        }
    }
}
