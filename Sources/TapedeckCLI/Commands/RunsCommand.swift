import ArgumentParser
import Tapedeck
import TapedeckReplay

/// `tapedeck runs`: what replays a results file holds.
struct RunsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "runs",
        abstract: "List the replays that a results file holds.",
        discussion: """
            A run that is not finished can be gone on with: tapedeck replay STORE --resume RUN.

              tapedeck runs monday.replays
              tapedeck compare monday.replays 3 4
            """
    )

    @Argument(help: "The file of results.", completion: .file())
    var file: String

    @Flag(help: "Print one JSON object a line.")
    var json = false

    func run() throws {
        let results = try ResultsFile(path: file, access: .read)
        let runs = try results.runs()
        var output = OutputFile.standardOutput
        if json {
            for run in runs { try output.write(exactly: Self.object(run).text + "\n") }
        } else if runs.isEmpty {
            StandardError.note("the file holds no run")
        } else {
            try output.write(Self.table(runs) { try results.isUnderWay($0) })
        }
        try output.flush()
    }

    private static func table(_ runs: [Run], isUnderWay: (Run) throws -> Bool) rethrows -> String {
        var table = TextTable([
            .init("RUN", .right), .init("BEGAN", .left), .init("EXCHANGES", .right), .init("STATE", .left),
            .init("STORE", .left, widthLimit: 40), .init("TARGET", .left, widthLimit: 40),
            .init("BASELINE", .left, widthLimit: 40),
        ])
        for run in runs {
            table.add([
                "\(run.id)", Timestamp.format(UInt128(run.startedNanoseconds), fractionDigits: 0),
                Quantities.count(run.exchangeCount),
                run.finishedNanoseconds != nil
                    ? "finished" : try isUnderWay(run) ? "under way" : "unfinished",
                run.storePath, run.settings.target, run.settings.baseline ?? "-",
            ])
        }
        return table.text
    }

    private static func object(_ run: Run) -> JSONText {
        JSONText(object: [
            ("run", JSONText(integer: run.id)),
            ("started_ns", JSONText(integer: run.startedNanoseconds)),
            ("finished_ns", run.finishedNanoseconds.map { JSONText(integer: $0) } ?? .null),
            ("exchange_count", JSONText(integer: run.exchangeCount)),
            ("store", JSONText(string: run.storePath)),
            ("target", JSONText(string: run.settings.target)),
            ("baseline", run.settings.baseline.map { JSONText(string: $0) } ?? .null),
        ])
    }
}
