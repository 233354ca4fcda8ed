import ArgumentParser
import Tapedeck

/// `tapedeck check`: whether archives could be imported.
struct CheckCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check",
        abstract: "Look through archives (JSON Lines) without storing anything.",
        discussion: """
            Applies the rules of an import to every line, and names the first few that break them. Ends with 1 when \
            there are any.

              tapedeck check monday.jsonl tuesday.jsonl
              zcat monday.jsonl.gz | tapedeck check -
            """
    )

    @Argument(help: "The archives' files, read in this order; '-' is standard input.", completion: .file())
    var archives: [String]

    @OptionGroup var limit: LineLimitOption

    @Flag(help: "Print what was found as JSON.")
    var json = false

    func run() throws {
        let inputs = ImportInputs(archives: archives)
        try inputs.requireReadable()
        let meter = ProgressMeter("checking", total: inputs.total, isShown: StandardError.isTerminal)
        let check = try ArchiveCheck(of: inputs.archives, lineLimit: limit.lineLimit) {
            meter.update(byteCount: $0.byteCount, exchangeCount: $0.exchangeCount)
        }
        meter.erase()
        if check.byteCount == 0 { inputs.noteNothingCame() }
        if check.rejectedCount > 0 {
            let headline = "refused \(Quantities.count(check.rejectedCount, "line"))"
            LeftOutReport.show(headline, check.rejectedCount, first: check.firstRejects)
        }
        var output = OutputFile.standardOutput
        if json {
            try output.write(exactly: ImportJSON.check(check, elapsed: meter.elapsed).text + "\n")
        } else {
            let text = TransferReport.text(
                "checked",
                check.exchangeCount,
                byteCount: check.byteCount,
                elapsed: meter.elapsed
            )
            try output.write(text + "\n")
        }
        try output.flush()
        if check.rejectedCount > 0 { throw AnswerIsNo() }
    }
}
