import ArgumentParser
import Tapedeck

/// `tapedeck prune`: deletes exchanges, and erases them.
struct PruneCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "prune",
        abstract: "Delete exchanges while a capture goes on, and erase them.",
        discussion: """
            All conditions that are given must hold, and one must be given. Exchanges are deleted in small transactions, and \
            the space is given back. With '--erase' the file is written anew in the end, for which captures wait; the command \
            says 'erased' only when nothing of them is left in the store's file and its log. Where it cannot, it says what \
            keeps them and ends with 1; the same command does the rest later. It needs some room itself: for the log while it \
            deletes, and with '--erase' as much as is kept. Backups, and what a disk keeps of blocks that \
            it no longer uses, are not its matter. What stays is not looked at but for its lengths with '--keep-bytes', \
            where a damaged one ends the command (corrupt) before anything is deleted: 'tapedeck verify' tells whether it is sound.

              tapedeck prune x.tapedeck --before 30d --dry-run
              tapedeck prune x.tapedeck --keep-bytes 50GB
              tapedeck prune x.tapedeck --before 2024-06-10 --erase
              tapedeck prune x.tapedeck --protocol 'kserve.*' --keep-bytes 1GB
            """
    )

    @Argument(help: "The store's file.", completion: .file())
    var store: String

    @Option(
        help: ArgumentHelp(
            """
            Exchanges received before this time: RFC 3339 (2024-06-10T12:00:00Z, or a date alone, in UTC), an age (2h, \
            30d), or nanoseconds since 1970 (default: no bound).
            """,
            valueName: "time"
        ),
        transform: TimeBound.init(parsing:)
    )
    var before: TimeBound?

    @Option(
        help: ArgumentHelp(
            """
            Of those that the other options choose, keep the last ones stored, as many as have no more than so many bytes \
            of requests and responses: 500MB, 10GB, 2GiB (default: none).
            """,
            valueName: "bytes"
        ),
        transform: ByteQuantity.parse
    )
    var keepBytes: Int?

    @Option(
        name: .customLong("protocol"),
        help: ArgumentHelp(
            "Exchanges with this protocol tag. A trailing '*' matches every tag that begins so. May be repeated.",
            valueName: "tag"
        ),
        transform: ProtocolPattern.init(parsing:)
    )
    var protocols: [ProtocolPattern] = []

    @Flag(help: "Write the file anew in the end, so that nothing of them is left in it.")
    var erase = false

    @Flag(help: "Say what would be deleted, and delete nothing.")
    var dryRun = false

    @OptionGroup var lock: LockOptions

    @Flag(help: "Print the summary as JSON.")
    var json = false

    func validate() throws {
        if before == nil && keepBytes == nil && protocols.isEmpty {
            throw ValidationError(
                "give '--before', '--keep-bytes' or '--protocol': without one everything would go"
            )
        }
    }

    func run() throws {
        let opened = try CaptureStore(path: store, access: dryRun ? .read : .write, options: lock.options)
        let meter = ProgressMeter("pruning", total: nil, isShown: StandardError.isTerminal)
        defer { meter.erase() }
        var options = PruneOptions()
        options.protocols = protocols
        options.beforeNanoseconds = before?.nanoseconds(.system)
        options.keepByteCount = keepBytes
        options.isDryRun = dryRun
        options.erases = erase
        options.isCancelled = Interruption.isRequested
        options.progress = {
            meter.update(
                byteCount: $0.deletedByteCount,
                exchangeCount: $0.deletedCount,
                total: .exchanges($0.matchedCount)
            )
        }
        if !dryRun { Interruption.watch() }
        let summary = try opened.prune(options)
        meter.erase()
        try PruneReport(store: store, summary: summary, elapsed: meter.elapsed).write(asJSON: json)
        if summary.erasure == .heldInLog { throw AnswerIsNo() }
    }
}
