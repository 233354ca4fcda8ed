import ArgumentParser
import Tapedeck

/// `tapedeck merge`: from stores to a store.
struct MergeCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "merge",
        abstract: "Append the exchanges of other stores.",
        discussion: """
            A store that does not exist is made. The exchanges come one source after the other, in the order in which each \
            has them, and get new ids. All of it is one transaction: if ^C ends the command before it says 'merged', the store is \
            as it was before, and a new one is empty; after a kill or a power failure all of it is there, or nothing. Sources \
            are never written to and may be captured into meanwhile. One that is damaged is refused; what the store itself holds \
            already is not looked at: 'tapedeck verify' tells whether it is sound. What is merged twice is in the store twice.

              tapedeck merge week.tapedeck monday.tapedeck tuesday.tapedeck
            """
    )

    @Argument(help: "The store's file.", completion: .file())
    var store: String

    @Argument(help: "The files of the stores to take from, in this order.", completion: .file())
    var sources: [String]

    @OptionGroup var lock: LockOptions

    @Flag(help: "Print the summary as JSON.")
    var json = false

    func run() throws {
        // Before a store is made for them.
        let opened = try sources.map { source in
            guard !FileFacts.areSame(source, store) else {
                throw UsageProblem("\(source): this is the store that is merged into")
            }
            let opened = try CaptureStore(path: source, access: .read, options: lock.options)
            // Now, as the merge may come to nothing before it opens them.
            try opened.leaveLog()
            return opened
        }
        let isShown = StandardError.isTerminal
        let total = isShown ? try opened.reduce(0) { try $0 + $1.count() } : 0
        let target = try CaptureStore(path: store, access: .create, options: lock.options)
        let meter = ProgressMeter("merging", total: .exchanges(total), isShown: isShown)
        defer { meter.erase() }
        var options = MergeOptions()
        options.progress = { meter.update(byteCount: $0.byteCount, exchangeCount: $0.mergedCount) }
        // Told at once, as an import tells it: after that the log is brought in.
        let failure = DeferredFailure()
        options.willCommit = CommitSignals.hold
        options.onCommit = { summary in
            meter.erase()
            failure.attempt { try report(summary, elapsed: meter.elapsed) }
            CommitSignals.release()
        }
        CommitSignals.watch(keepsBatches: false)
        try target.merge(opened, options: options)
        try failure.rethrow()
    }

    private func report(_ summary: MergeSummary, elapsed: Duration) throws {
        var output = OutputFile.standardOutput
        if json {
            let object = JSONText(object: [
                (name: "store", value: JSONText(string: store)),
                (name: "merged", value: JSONText(integer: summary.mergedCount)),
                (name: "bytes", value: JSONText(integer: summary.byteCount)),
                (name: "elapsed_ns", value: JSONText(integer: elapsed.attoseconds / 1_000_000_000)),
            ])
            try output.write(exactly: object.text + "\n")
        } else {
            let text = TransferReport.text(
                "merged",
                summary.mergedCount,
                byteCount: summary.byteCount,
                "into \(store)",
                elapsed: elapsed
            )
            try output.write(text.escapingControlCharacters() + "\n")
        }
        try output.flush()
    }
}
