import ArgumentParser
import Tapedeck
import TapedeckReplay

/// Where a report goes.
struct ReportOptions: ParsableArguments {
    @Flag(help: "Print the report as one JSON object instead of text. Times are in ns.")
    var json = false

    @Option(
        help: ArgumentHelp("Write the report as JUnit XML, for continuous integration.", valueName: "file"),
        completion: .file()
    )
    var junit: String?

    func write(_ report: ReplayReport) throws {
        if let junit {
            var file = try OutputFile(path: junit)
            try file.write(report.junit)
            try file.flush()
        }
        var output = OutputFile.standardOutput
        try output.write(json ? report.json.text + "\n" : ReplayReportText(report).text)
        try output.flush()
    }
}
