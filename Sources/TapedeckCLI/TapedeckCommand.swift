import ArgumentParser
import Tapedeck

/// The command `tapedeck`.
@main
struct TapedeckCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "tapedeck",
        abstract: "Record, query, move and replay exchanges of model traffic.",
        discussion: """
            An exchange is one request to a model server and the response that it got. A store is one file (SQLite) \
            that holds them; an archive is a text file of JSON Lines that other programs read and write.

              tapedeck import monday.tapedeck monday.jsonl
              tapedeck list   monday.tapedeck --newest --limit 20
              tapedeck stats  monday.tapedeck --protocol 'openai.*' --since 2h
              tapedeck export monday.tapedeck slow.jsonl --min-latency 5s
              tapedeck record monday.tapedeck --upstream http://127.0.0.1:8000
              tapedeck replay monday.tapedeck --target http://127.0.0.1:8001

            Results go to standard output, progress and problems to standard error. Whatever prints text for people \
            prints JSON for programs with --json.

            Exit codes: 0 done; 1 the answer is no (lines were rejected, there is no such exchange, the new build is worse, \
            a file is damaged, something was not recorded); \
            2 there is too little to tell; 64 wrong usage; \
            65 bad input data (a bad line, a file that is no store); 74 reading or writing failed.
            """,
        version: "0.1.0",
        subcommands: [
            CheckCommand.self, ImportCommand.self, ExportCommand.self, ListCommand.self, ShowCommand.self,
            StatsCommand.self, RecordCommand.self, ReplayCommand.self, RunsCommand.self, CompareCommand.self,
            ServeCommand.self, VerifyCommand.self, SalvageCommand.self, BackupCommand.self, PruneCommand.self,
            MergeCommand.self,
        ]
    )

    /// What messages begin with, those about usage included.
    static let _errorPrefix = StandardError.prefix

    static func main() async {
        // A reader that goes away is an error of the write, which is then handled like any other.
        SystemCalls.makeWriteSignalsErrors()
        do {
            var command = try parseAsRoot()
            if var command = command as? any AsyncParsableCommand {
                try await command.run()
            } else {
                try command.run()
            }
        } catch {
            let status = ExitStatus.report(error)
            if (error as? TapedeckError)?.code == .cancelled { Interruption.endIfRequested() }
            if let stopped = error as? StoppedBySignal { Interruption.end(by: stopped.number) }
            SystemCalls.exit(status.rawValue)
        }
    }
}
