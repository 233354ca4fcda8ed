import ArgumentParser
import Tapedeck

/// `tapedeck import`: from archives to a store.
struct ImportCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "import",
        abstract: "Read archives (JSON Lines) into a store.",
        discussion: """
            A store that does not exist is made; one that does grows. All archives are one transaction: if a line is \
            bad, or ^C ends the command before it says 'imported', the store is as it was before, and a new one is empty. \
            After a kill or a power failure all of it is there, or nothing. Ends with 1 when lines were skipped. What the store \
            holds already is not looked at: 'tapedeck verify' tells whether it is sound.

              tapedeck import x.tapedeck monday.jsonl tuesday.jsonl
              zcat monday.jsonl.gz | tapedeck import x.tapedeck -
              tapedeck import x.tapedeck noisy.jsonl --on-error skip --rejects bad.jsonl
            """
    )

    @Argument(help: "The store's file.", completion: .file())
    var store: String

    @Argument(help: "The archives' files, read in this order; '-' is standard input.", completion: .file())
    var archives: [String]

    @Option(
        help: ArgumentHelp(
            "At a line that is no exchange: import nothing, or go on without it.",
            valueName: "what"
        )
    )
    var onError = ImportOptions.BadLinePolicy.stop

    @Option(
        help: ArgumentHelp(
            "Write a JSON object for each skipped line to this file: archive, line, offset and length in bytes, reason (default: none).",
            valueName: "file"
        ),
        completion: .file()
    )
    var rejects: String?

    @Option(
        help: ArgumentHelp(
            """
            Commit after every N exchanges, so that other writers of the store get their turn. What was committed \
            stays when the import is cut short (default: all in one).
            """,
            valueName: "n"
        )
    )
    var batch: Int?

    @OptionGroup var limit: LineLimitOption

    @OptionGroup var lock: LockOptions

    @Flag(help: "Print the summary as JSON.")
    var json = false

    func validate() throws {
        if let batch, batch < 1 { throw ValidationError("'--batch' must be 1 or more") }
        if rejects != nil && onError == .stop {
            throw ValidationError(
                "'--rejects' needs '--on-error skip': otherwise the first bad line ends the import"
            )
        }
    }

    func run() throws {
        let inputs = ImportInputs(archives: archives)
        try inputs.check(store: store, rejects: rejects)
        // The log is there as long as a program has the store open.
        let isShared = FileFacts(path: FileFacts.followingLinks(store) + "-wal") != nil
        let opened = try CaptureStore(path: store, access: .create, options: lock.options)
        // Again: of a store that was not there no other name could be told to be one.
        try inputs.check(store: store, rejects: rejects)
        if isShared && batch == nil {
            StandardError.note(
                "another program has \(store) open; if it writes, it waits until the import is done, unless '--batch' lets"
                    + " it in"
            )
        }
        StandardError.noteJournal(of: opened)
        let meter = ProgressMeter("importing", total: inputs.total, isShown: StandardError.isTerminal)
        defer { meter.erase() }
        let summary = try importArchives(inputs, into: opened, meter)
        if summary.rejectedCount > 0 { throw AnswerIsNo() }
    }

    private func importArchives(
        _ inputs: ImportInputs,
        into opened: CaptureStore,
        _ meter: ProgressMeter
    ) throws -> ImportSummary {
        let rejectsFile = try rejects.map { try RejectsFile($0) }
        var options = ImportOptions()
        options.badLines = onError
        options.batchCount = batch
        options.lineLimit = limit.lineLimit
        if let rejectsFile { options.onReject = { try rejectsFile.write($0) } }
        options.progress = { meter.update(byteCount: $0.byteCount, exchangeCount: $0.importedCount) }
        // Told at once: whoever ends the command while the log is still brought in must know that the import is done.
        let failure = DeferredFailure()
        options.willCommit = CommitSignals.hold
        options.onCommit = { summary in
            meter.erase()
            failure.attempt { try report(summary, of: inputs, elapsed: meter.elapsed) }
            CommitSignals.release()
        }
        CommitSignals.watch(keepsBatches: batch != nil)
        do {
            let summary = try opened.importArchives(inputs.archives, options: options)
            try failure.rethrow()
            return summary
        } catch {
            if batch == nil, let error = error as? TapedeckError,
                [.invalidLine, .lineTooLong].contains(error.code)
            {
                meter.erase()
                StandardError.note(
                    "nothing was imported; '--on-error skip' leaves bad lines out, and '--rejects FILE' lists them"
                )
            }
            // The library reports whatever stopped it as its own error; this one is ours.
            throw rejectsFile?.failure ?? error
        }
    }

    private func report(_ summary: ImportSummary, of inputs: ImportInputs, elapsed: Duration) throws {
        if summary.rejectedCount > 0 {
            let headline = "skipped \(Quantities.count(summary.rejectedCount, "line"))"
            LeftOutReport.show(headline, summary.rejectedCount, first: summary.firstRejects)
        }
        if summary.byteCount == 0 { inputs.noteNothingCame() }
        var output = OutputFile.standardOutput
        if json {
            try output.write(exactly: ImportJSON.summary(summary, store: store, elapsed: elapsed).text + "\n")
        } else {
            let text = TransferReport.text(
                "imported",
                summary.importedCount,
                byteCount: summary.byteCount,
                "into \(store)",
                elapsed: elapsed
            )
            try output.write(text.escapingControlCharacters() + "\n")
        }
        try output.flush()
    }
}
