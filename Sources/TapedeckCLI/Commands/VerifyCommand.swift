import ArgumentParser
import Tapedeck

/// `tapedeck verify`: is the file what was stored?
struct VerifyCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "verify",
        abstract: "Check that a store's file is undamaged.",
        discussion: """
            Lets SQLite check the file's structure, compares every exchange with its checksum, and validates every \
            payload. Exits 1 if anything is wrong, and tells which exchanges are concerned. ^C ends it, after what was found \
            until then, which '--json' tells only at the end; checksums that were filled in by then stay. It may run while the store is \
            written to. Like every command that reads it rolls back in the file what a killed program left half done; 'tapedeck \
            salvage' alone does not.

              tapedeck verify x.tapedeck
              tapedeck verify x.tapedeck --json
              tapedeck verify x.tapedeck --repair-checksums

            What can still be read of a damaged store is brought into an archive by 'tapedeck salvage'.
            """
    )

    @OptionGroup var source: StoreArgument

    @Flag(
        help:
            """
            Compute checksums for exchanges that have none, as those of an early version, and are valid. Not where the file's \
            structure is damaged; a checksum that does not fit is never replaced.
            """
    )
    var repairChecksums = false

    @Flag(help: "Print one JSON object with the counts and all that is wrong.")
    var json = false

    func run() throws {
        let store = try CaptureStore(
            path: source.store,
            access: repairChecksums ? .write : .salvage,
            options: source.lock.options
        )
        let meter = ProgressMeter("verifying", total: nil, isShown: StandardError.isTerminal)
        defer { meter.erase() }
        var options = VerifyOptions()
        options.repairsChecksums = repairChecksums
        options.isCancelled = Interruption.isRequested
        options.progress = { meter.update(byteCount: $0.byteCount, exchangeCount: $0.rowCount) }
        var output = OutputFile.standardOutput
        var damages: [JSONText] = []
        var failure: OutputError?
        Interruption.watch()
        let summary: VerifySummary
        do throws(TapedeckError) {
            summary = try store.verify(options) { damage in
                meter.erase()
                if json { return damages.append(DamageReport.json(damage)) }
                do throws(OutputError) { try output.write(DamageReport.line(damage) + "\n") } catch {
                    failure = error
                }
            }
        } catch {
            meter.erase()
            // What was found until then is worth knowing, but it is not why the command ends.
            try? output.flush()
            throw error
        }
        if let failure { throw failure }
        meter.erase()
        if json {
            let text = DamageReport.json(summary, store: source.store, damages: damages).text
            try output.write(exactly: text + "\n")
        } else {
            try output.write(DamageReport.text(summary, store: source.store))
        }
        try output.flush()
        guard summary.isSound else {
            throw AnswerIsNo(
                message:
                    "the store is damaged; save what can be read: tapedeck salvage \(source.store) saved.jsonl"
            )
        }
    }
}
