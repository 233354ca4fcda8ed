#if HTTP
import Tapedeck

/// What a recording captured, in words and as JSON.
enum RecordReport {
    static func lines(_ outcome: RecordOutcome, store: String) -> [String] {
        var lines = ["recorded \(Quantities.count(outcome.storedCount, "exchange")) into \(store)"]
        for (tag, count) in outcome.capturedCounts.sorted(by: { $0.key < $1.key }) {
            lines.append("  \(Quantities.count(count)) captured as \(tag)")
        }
        let rest: [(Int, String)] = [
            (outcome.openCount, "of those captured are open: the client went away, or the upstream failed"),
            (outcome.refusedCount, "refused and not stored: they could not be redacted"),
            (outcome.droppedCount, "dropped: the store could not take them"),
            (outcome.tooLargeCount, "not captured: a body exceeded the limit"),
            (outcome.noRoomCount, "not captured: too many bytes were under way"),
            (outcome.notSampledCount, "not captured: not in the sample"),
            (outcome.notMatchedCount, notMatched(outcome.notMatchedPaths)),
            (
                outcome.failedCheckpointCount,
                "times the store's log could not be brought into its file: is the disk full?"
            ),
        ]
        for (count, meaning) in rest where count > 0 {
            lines.append("  \(Quantities.count(count)) \(meaning)")
        }
        return lines
    }

    /// What was not matched, the most frequent paths first.
    private static func notMatched(_ paths: [String: Int]) -> String {
        let sorted = paths.sorted { ($1.value, $0.key) < ($0.value, $1.key) }
        let named = sorted.map { "\(Quantities.count($0.value)) to \($0.key)" }.joined(separator: ", ")
        return "not captured: no rule is for their path; '--route' makes one"
            + (named.isEmpty ? "" : ": \(named)")
    }

    private static func object(_ counts: [String: Int]) -> JSONText {
        JSONText(
            object: counts.sorted { $0.key < $1.key }.map {
                (name: $0.key, value: JSONText(integer: $0.value))
            }
        )
    }

    static func json(_ outcome: RecordOutcome, store: String) -> JSONText {
        JSONText(object: [
            (name: "store", value: JSONText(string: store)),
            (name: "stored", value: JSONText(integer: outcome.storedCount)),
            (name: "captured", value: object(outcome.capturedCounts)),
            (name: "open", value: JSONText(integer: outcome.openCount)),
            (name: "refused", value: JSONText(integer: outcome.refusedCount)),
            (name: "dropped", value: JSONText(integer: outcome.droppedCount)),
            (name: "too_large", value: JSONText(integer: outcome.tooLargeCount)),
            (name: "no_room", value: JSONText(integer: outcome.noRoomCount)),
            (name: "not_sampled", value: JSONText(integer: outcome.notSampledCount)),
            (name: "not_matched", value: JSONText(integer: outcome.notMatchedCount)),
            (name: "not_matched_paths", value: object(outcome.notMatchedPaths)),
            (name: "failed_checkpoints", value: JSONText(integer: outcome.failedCheckpointCount)),
        ])
    }
}
#endif
