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
            pass, 1 for a regression, 2 where there is too little to tell. A run that was stopped is a part only, and is \
            compared when '--unfinished' says so.

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

    @Flag(help: "Compare what there is of a run that is not finished.")
    var unfinished = false

    @OptionGroup(title: "What is allowed") var gates: GateOptions

    @OptionGroup(title: "Comparison options") var comparison: ComparisonOptions

    @OptionGroup(title: "Reports") var reports: ReportOptions

    func run() throws {
        try reports.checkPlaces()
        let results = try ResultsFile(path: file, access: .read)
        func find(_ id: Int64) throws -> Run {
            guard let found = try results.run(id: id) else {
                throw AnswerIsNo(message: "\(file) has no run \(id); 'tapedeck runs \(file)' lists them")
            }
            if found.finishedNanoseconds == nil, !unfinished {
                throw UsageProblem(
                    "run \(id) is not finished: go on with it by 'tapedeck replay \(found.storePath) --results \(file) --resume"
                        + " \(id)', or compare what there is with '--unfinished'"
                )
            }
            return found
        }
        let (earlier, later) = (try find(reference), try find(candidate))
        tellHowTheyDiffer(earlier, later)
        let builder = ReportBuilder(
            file: results,
            comparison: try comparison.comparison(),
            options: gates.options
        )
        let report = try builder.report(of: later, against: earlier)
        try reports.write(report)
        if let status = ExitStatus(report.verdict.verdict) { throw VerdictIsBad(status: status) }
    }

    private func tellHowTheyDiffer(_ earlier: Run, _ later: Run) {
        if earlier.storePath != later.storePath {
            StandardError.note(
                "the runs replayed different stores: \(earlier.storePath) and \(later.storePath)"
            )
        }
        let names = later.settings.optionsThatDiffer(from: earlier.settings).filter {
            !["--target", "--baseline"].contains($0)
        }
        guard !names.isEmpty else { return }
        StandardError.note("the runs were not sent alike; they differ in \(names.joined(separator: ", "))")
    }
}
