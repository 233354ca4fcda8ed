import Tapedeck

/// Imports, and what an import would find, as JSON for programs.
enum ImportJSON {
    static func summary(_ summary: ImportSummary, store: String, elapsed: Duration) -> JSONText {
        JSONText(object: [
            (name: "store", value: JSONText(string: store)),
            (name: "imported", value: JSONText(integer: summary.importedCount)),
            (name: "rejected", value: JSONText(integer: summary.rejectedCount)),
            (name: "bytes", value: JSONText(integer: summary.byteCount)),
            (name: "elapsed_ns", value: JSONText(integer: elapsed.attoseconds / 1_000_000_000)),
            (name: "first_rejects", value: JSONText(array: summary.firstRejects.map(reject))),
        ])
    }

    static func check(_ check: ArchiveCheck, elapsed: Duration) -> JSONText {
        JSONText(object: [
            (name: "exchanges", value: JSONText(integer: check.exchangeCount)),
            (name: "rejected", value: JSONText(integer: check.rejectedCount)),
            (name: "bytes", value: JSONText(integer: check.byteCount)),
            (name: "elapsed_ns", value: JSONText(integer: elapsed.attoseconds / 1_000_000_000)),
            (name: "first_rejects", value: JSONText(array: check.firstRejects.map(reject))),
        ])
    }

    static func reject(_ reject: ArchiveReject) -> JSONText {
        JSONText(object: [
            (name: "archive", value: JSONText(string: reject.archive)),
            (name: "line", value: JSONText(integer: reject.line)),
            (name: "offset", value: JSONText(integer: reject.offset)),
            (name: "length", value: JSONText(integer: reject.length)),
            (name: "reason", value: JSONText(string: reject.reason)),
        ])
    }
}
