import ArgumentParser
import Tapedeck
import TapedeckReplay

/// Where a report goes.
struct ReportOptions: ParsableArguments {
    @Flag(help: "Print the report as one JSON object instead of text. Times are in ns.")
    var json = false

    @Option(
        help: ArgumentHelp(
            "Write the report as JUnit XML, for continuous integration (default: none).",
            valueName: "file"
        ),
        completion: .file()
    )
    var junit: String?

    @Option(
        help: ArgumentHelp(
            "Write the report as one HTML page, for people; it needs no network (default: none).",
            valueName: "file"
        ),
        completion: .file()
    )
    var html: String?

    /// Finds out before long work whether its reports can be written.
    func checkPlaces() throws(UsageProblem) {
        for (option, path) in [("--junit", junit), ("--html", html)] {
            guard let path, (try? FileStatus.isWritableOrAbsent(path)) != true else { continue }
            throw UsageProblem("'\(option)': \(path) cannot be written; is there such a folder?")
        }
    }

    /// Writes the files first, but tells of one that cannot be written only after the text, which is what was waited for.
    func write(_ report: ReplayReport) throws {
        let failure = DeferredFailure()
        failure.attempt { if let junit { try write(report.junit, to: junit) } }
        failure.attempt {
            guard let html else { return }
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
        try failure.rethrow()
    }

    private func write(_ text: String, to path: String) throws {
        var file = try OutputFile(path: path)
        try file.write(exactly: text)
        try file.flush()
    }
}
