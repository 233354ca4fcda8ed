import ArgumentParser
import Tapedeck
import TapedeckReplay

/// `tapedeck compare`: one replay judged by another, or again by its own reference.
struct CompareCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "compare",
        abstract: "Judge one replay by another, without sending anything.",
        discussion: """
            Compares the answers of the later run with those of the earlier one, exchange by exchange. Exits 0 for \
            pass, 1 for a regression, 2 where there is too little to tell.

              tapedeck compare monday.replays 3 4
              tapedeck compare monday.replays 3 4 --max-latency-ratio 1.2 --json
            """
    )

    @Argument(help: "The file of results.", completion: .file())
    var file: String

    @Argument(help: "The number of the run that is the reference.")
    var reference: Int64

    @Argument(help: "The number of the run that is judged.")
    var candidate: Int64

    @OptionGroup(title: "What is allowed") var gates: GateOptions

    @OptionGroup(title: "Comparison options") var comparison: ComparisonOptions

    @OptionGroup(title: "Reports") var reports: ReportOptions

    func run() throws {
        let results = try ResultsFile(path: file, access: .read)
        func find(_ id: Int64) throws -> Run {
            guard let found = try results.run(id: id) else {
                throw AnswerIsNo(message: "\(file) has no run \(id); 'tapedeck runs \(file)' lists them")
            }
            return found
        }
        let (earlier, later) = (try find(reference), try find(candidate))
        let builder = ReportBuilder(
            file: results,
            comparison: try comparison.comparison(),
            options: gates.options
        )
        let report = try builder.report(of: later, against: earlier)
        try reports.write(report)
        if let status = ExitStatus(report.verdict.verdict) { throw VerdictIsBad(status: status) }
    }
}
