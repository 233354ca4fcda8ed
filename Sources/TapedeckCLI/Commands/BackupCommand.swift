import ArgumentParser
import Tapedeck

/// `tapedeck backup`: a copy of a store, made while it is used.
struct BackupCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "backup",
        abstract: "Copy a store while a capture goes on.",
        discussion: """
            The copy is the store of the moment at which the command began. It appears under its name only when it is \
            whole and on the disk, and can be read by its owner alone. Do not copy a store with 'cp' while a program has it \
            open: what is in its log would be missing. Pages are copied as they are: 'tapedeck verify' tells whether a store, \
            or its copy, is sound. With '--force', a copy that takes the place of a file is verified first; where it is \
            damaged, that file stays.

              tapedeck backup x.tapedeck monday.tapedeck
            """
    )

    @OptionGroup var source: StoreArgument

    @Argument(help: "The copy's file.", completion: .file())
    var destination: String

    @Flag(help: "Replace a file that is there. No program may have it open.")
    var force = false

    @Flag(help: "With '--force', replace a file without verifying the copy first.")
    var unverified = false

    @Flag(help: "Print the summary as JSON.")
    var json = false

    func run() throws {
        if destination == "-" { throw UsageProblem("a backup is a file, and cannot go to standard output") }
        let store = try source.open()
        for path in CaptureStore.partialBackups(of: destination) {
            StandardError.note(
                "\(path) is left of a backup that was killed, unless one is under way; delete it"
            )
        }
        let meter = ProgressMeter("backing up", total: nil, isShown: StandardError.isTerminal)
        defer { meter.erase() }
        var options = BackupOptions()
        options.replaces = force
        options.verifiesReplacement = !unverified
        options.isCancelled = Interruption.isRequested
        options.progress = {
            meter.update(byteCount: $0.byteCount, exchangeCount: nil, total: .bytes($0.totalByteCount))
        }
        Interruption.watch()
        let summary: BackupSummary
        do throws(TapedeckError) {
            summary = try store.backUp(to: destination, options: options)
        } catch {
            meter.erase()
            if error.code == .exists { throw UsageProblem.needsForce(destination) }
            throw error
        }
        meter.erase()
        try report(summary, elapsed: meter.elapsed)
    }

    private func report(_ summary: BackupSummary, elapsed: Duration) throws {
        var output = OutputFile.standardOutput
        if json {
            let object = JSONText(object: [
                (name: "store", value: JSONText(string: source.store)),
                (name: "backup", value: JSONText(string: destination)),
                (name: "last_id", value: JSONText(integer: summary.lastID)),
                (name: "bytes", value: JSONText(integer: summary.byteCount)),
                (name: "verified", value: summary.isVerified ? true : false),
                (name: "elapsed_ns", value: JSONText(integer: elapsed.attoseconds / 1_000_000_000)),
            ])
            try output.write(exactly: object.text + "\n")
        } else {
            let text =
                "backed up \(source.store) to \(destination): \(Quantities.bytes(summary.byteCount)), every exchange up to"
                + " \(Quantities.count(summary.lastID))" + (summary.isVerified ? ", verified" : "")
            try output.write(text.escapingControlCharacters() + "\n")
        }
        try output.flush()
    }
}
