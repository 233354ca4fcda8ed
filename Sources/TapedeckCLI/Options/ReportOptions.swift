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

    @Option(
        help: ArgumentHelp(
            "Write the report as one HTML page, for people. It needs no network.",
            valueName: "file"
        ),
        completion: .file()
    )
    var html: String?

    func write(_ report: ReplayReport) throws {
        if let junit { try write(report.junit, to: junit) }
        if let html {
            var generator = SystemRandomNumberGenerator()
            try write(report.html(using: &generator), to: html)
        }
        var output = OutputFile.standardOutput
        if json {
            try output.write(exactly: report.json.text + "\n")
        } else {
            try output.write(ReplayReportText(report).text)
        }
        try output.flush()
    }

    private func write(_ text: String, to path: String) throws {
        var file = try OutputFile(path: path)
        try file.write(exactly: text)
        try file.flush()
    }
}
