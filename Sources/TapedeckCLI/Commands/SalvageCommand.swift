import ArgumentParser
import Tapedeck

/// `tapedeck salvage`: what can be read of a damaged store, as an archive.
struct SalvageCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "salvage",
        abstract: "Bring what can be read of a damaged store into an archive.",
        discussion: """
            Writes every exchange that can be read and is what was stored, in order, and tells which ones are missing. The \
            store's file is not changed: what a killed program left half done in it is rolled back in a copy, which is beside the \
            archive for as long as it takes. A file that was cut short is read as far as it goes. Exchanges to which the table no longer \
            leads are searched for in the whole file, and come last. Exits 1 if anything is missing.

              tapedeck salvage damaged.tapedeck saved.jsonl
              tapedeck import new.tapedeck saved.jsonl

            Where even the first page is lost, so that the file is no longer taken for a store, '--new-first-page' reads a \
            copy of it that has the page of a new store; its -wal and -journal are taken along. The copy takes about as much room beside \
            the archive as they do. ^C leaves neither an archive nor a copy.
            """
    )

    @OptionGroup var source: StoreArgument

    @Argument(help: "The archive's file.", completion: .file())
    var archive: String

    @Flag(help: "Replace a file that is there, such as what an earlier salvage saved.")
    var force = false

    @Flag(
        help:
            "Read a copy of the file with the first page of a new store; it is made beside the archive, and deleted again."
    )
    var newFirstPage = false

    @Flag(
        help:
            "Print one JSON object with the counts and the ids that are missing, as pairs of first and last."
    )
    var json = false

    func run() throws {
        if archive == "-" {
            throw UsageProblem("a salvage needs a file: what is saved is put there once it is whole")
        }
        if FileFacts.areSame(archive, source.store) {
            throw UsageProblem("\(archive): this is the store itself, which the archive would replace")
        }
        let meter = ProgressMeter("salvaging", total: nil, isShown: StandardError.isTerminal)
        defer { meter.erase() }
        Interruption.watch()
        let summary: SalvageSummary
        do throws(TapedeckError) {
            summary = try salvage { meter.update(byteCount: $0.byteCount, exchangeCount: $0.salvagedCount) }
        } catch {
            meter.erase()
            if error.code == .exists { throw UsageProblem.needsForce(archive) }
            if [.notAStore, .foreignStore, .newerStore].contains(error.code), !newFirstPage {
                StandardError.note("if it was a store once, '--new-first-page' may still read it")
            }
            throw error
        }
        meter.erase()
        try report(summary)
        guard summary.missingIDs.isEmpty, summary.isIndexReadable else { throw AnswerIsNo(message: nil) }
    }

    private func salvage(progress: @escaping (SalvageSummary) -> Void) throws(TapedeckError) -> SalvageSummary
    {
        if newFirstPage {
            return try CaptureStore.salvageWithNewFirstPage(
                path: source.store,
                to: archive,
                replaces: force,
                progress: progress,
                isCancelled: Interruption.isRequested
            )
        }
        let store = try CaptureStore(path: source.store, access: .salvage, options: source.lock.options)
        return try store.salvage(
            to: archive,
            replaces: force,
            progress: progress,
            isCancelled: Interruption.isRequested
        )
    }

    private func report(_ summary: SalvageSummary) throws {
        var output = OutputFile.standardOutput
        if json {
            let missing = summary.missingIDs.map {
                JSONText(array: [JSONText(integer: $0.lowerBound), JSONText(integer: $0.upperBound)])
            }
            let object = JSONText(object: [
                (name: "store", value: JSONText(string: source.store)),
                (name: "archive", value: JSONText(string: archive)),
                (name: "salvaged", value: JSONText(integer: summary.salvagedCount)),
                (name: "without_checksum", value: JSONText(integer: summary.uncoveredCount)),
                (name: "found_by_search", value: JSONText(integer: summary.strayCount)),
                (name: "missing_ids", value: JSONText(array: missing)),
                (name: "index_readable", value: summary.isIndexReadable ? true : false),
            ])
            try output.write(exactly: object.text + "\n")
        } else {
            var lines = ["salvaged \(Quantities.count(summary.salvagedCount, "exchange")) to \(archive)"]
            if summary.uncoveredCount > 0 {
                lines.append(
                    "\(Quantities.count(summary.uncoveredCount)) of them have no checksum: they may have changed"
                )
            }
            if summary.strayCount > 0 {
                lines.append(
                    "\(Quantities.count(summary.strayCount)) of them were found by a search of the whole file, as its table no"
                        + " longer leads to them; they come last"
                )
            }
            lines += summary.missingIDs.map { "missing: \(StoreDamage.name(of: $0))" }
            if !summary.missingIDs.isEmpty {
                lines.append("keep \(source.store): what is missing may still be found in it")
            }
            if !summary.isIndexReadable {
                lines.append("the index cannot be read, so that more may be missing than can be told")
            }
            try output.write(lines.map { $0.escapingControlCharacters() + "\n" }.joined())
        }
        try output.flush()
    }
}
