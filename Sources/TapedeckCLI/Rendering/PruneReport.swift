import Tapedeck

/// What a pruning did, for people and for programs.
struct PruneReport {
    let store: String
    let summary: PruneSummary
    let elapsed: Duration

    func write(asJSON: Bool) throws {
        var output = OutputFile.standardOutput
        if asJSON {
            try output.write(exactly: object.text + "\n")
        } else {
            try output.write(text + "\n")
        }
        try output.flush()
    }

    var text: String {
        guard summary.erasure != .pending else {
            return "would delete \(Quantities.count(summary.matchedCount, "exchange"))"
                + " (\(Quantities.bytes(summary.matchedByteCount))) from \(store)"
        }
        if summary.erasure == .erased, summary.deletedCount == 0 {
            return "there was nothing to delete; what was deleted before is erased from \(store)"
        }
        let done = summary.erasure == .erased ? "erased" : "deleted"
        let gives = summary.erasure == .heldInLog ? "will give" : "gave"
        return TransferReport.text(
            done,
            summary.deletedCount,
            byteCount: summary.deletedByteCount,
            "from \(store)",
            elapsed: elapsed
        ) + "; the file \(gives) \(Quantities.bytes(summary.freedByteCount)) back"
            + (problem.map { "\n\($0)" } ?? "")
    }

    private var problem: String? {
        switch summary.erasure {
        case .pending, .erased:
            nil
        case .possiblyRemains where summary.deletedCount == 0:
            nil
        case .heldInLog:
            "not erased yet: another program reads or writes the store's log (\(store)-wal), so that it cannot be cut, nor the"
                + " file; prune again when it is done"
        case .possiblyRemains:
            "deleted, not erased: parts of them may be left in the file and its log; '--erase' writes the file anew"
        }
    }

    private var object: JSONText {
        JSONText(object: [
            (name: "store", value: JSONText(string: store)),
            (name: "matched", value: JSONText(integer: summary.matchedCount)),
            (name: "matched_bytes", value: JSONText(integer: summary.matchedByteCount)),
            (name: "deleted", value: JSONText(integer: summary.deletedCount)),
            (name: "deleted_bytes", value: JSONText(integer: summary.deletedByteCount)),
            (name: "freed_bytes", value: JSONText(integer: summary.freedByteCount)),
            (
                name: "longest_transaction_ns",
                value: JSONText(integer: summary.longestTransaction.attoseconds / 1_000_000_000)
            ),
            (name: "erasure", value: JSONText(string: erasure)),
            (name: "elapsed_ns", value: JSONText(integer: elapsed.attoseconds / 1_000_000_000)),
        ])
    }

    private var erasure: String {
        switch summary.erasure {
        case .pending: "pending"
        case .erased: "erased"
        case .heldInLog: "held_in_log"
        case .possiblyRemains: "possibly_remains"
        }
    }
}
