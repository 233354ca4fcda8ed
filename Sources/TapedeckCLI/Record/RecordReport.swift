#if HTTP
import Tapedeck
import TapedeckHTTP

/// What a recording captured, in words and as JSON.
enum RecordReport {
    static func lines(_ outcome: RecordOutcome, store: String) -> [String] {
        let stored = "recorded \(Quantities.count(outcome.storedCount, "exchange"))"
        var lines = [
            outcome.isMoved
                ? "\(stored), which are not in \(store): it was moved or removed" : "\(stored) into \(store)"
        ]
        for (tag, count) in outcome.capturedCounts.sorted(by: { $0.key < $1.key }) {
            lines.append("  \(Quantities.count(count)) captured as \(tag)")
        }
        let rest: [(Int, String)] = [
            (outcome.clientFailureCount, "of those captured are open: the client left"),
            (outcome.upstreamFailureCount, "of those captured are open: the upstream failed"),
            (outcome.cutCount, "of those captured are open: the recording ended first"),
            (outcome.unexplainedCount, "of those captured are open: nobody knows why"),
            (outcome.streamErrorCount, "of those captured have an error in their stream"),
            (outcome.refusedCount, "refused and not stored: they could not be redacted"),
            (
                outcome.refusedFailureCounts.values.reduce(0, +),
                "of those refused are failures: \(kinds(outcome.refusedFailureCounts))"
            ),
            (outcome.droppedCount, "dropped: the store could not take them"),
            (outcome.tooLargeCount, "not captured: a body exceeded '--body-limit'"),
            (outcome.noRoomCount, "not captured: more bytes than '--in-flight-limit' were under way"),
            (outcome.notSampledCount, "not captured: not in the sample"),
            (outcome.notMatchedCount, notMatched(outcome)),
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

    /// What was not matched, the most frequent paths first. How many other paths there were is not known: only what went to them
    /// is counted.
    private static func notMatched(_ outcome: RecordOutcome) -> String {
        let sorted = outcome.notMatchedPaths.sorted { ($1.value, $0.key) < ($0.value, $1.key) }
        var parts = sorted.map { "\(Quantities.count($0.value)) to \($0.key)" }
        let otherCount = outcome.notMatchedCount - outcome.notMatchedPaths.values.reduce(0, +)
        if !parts.isEmpty, otherCount > 0 {
            parts.append("and \(Quantities.count(otherCount)) to other paths")
        }
        return "not captured: no rule is for their path; '--route' makes one"
            + (parts.isEmpty ? "" : ": " + parts.joined(separator: ", "))
    }

    /// What is said when the end was asked for and does not come at once.
    static func waiting(requestCount: Int, graceNanoseconds: UInt64) -> String {
        "waiting for \(Quantities.count(requestCount, "request")) under way, for \(Quantities.latency(graceNanoseconds)) at most;"
            + " a second ^C or signal cuts what is left"
    }

    /// What is said to whoever cannot wait for the end.
    static func waiting(_ stage: StopCourse.Stage, _ recorder: CaptureRecorder.Statistics) -> String {
        let exchanges = Quantities.count(recorder.waitingCount, "exchange")
        return switch stage {
        case .serving where recorder.waitingCount > 0:
            "waiting for what is under way, and for \(exchanges) to be stored"
        case .serving: "waiting for what is under way"
        case .storing where recorder.waitingCount > 0: "waiting for \(exchanges) to be stored"
        case .storing: "waiting for what was recorded to be on the disk"
        case .summing: "waiting for the summary to be read"
        }
    }

    /// What is said where that was not waited for. A commit that is under way may end, or not, after what was counted.
    static func calledOff(_ stage: StopCourse.Stage, _ recorder: CaptureRecorder.Statistics) -> String {
        var parts = ["called off: stored \(Quantities.count(recorder.committedCount, "exchange"))"]
        if stage == .serving { parts.append("but not what was under way") }
        if recorder.waitingCount > 0 {
            parts.append("and perhaps not \(Quantities.count(recorder.waitingCount)) that waited")
        }
        if stage == .summing { parts.append("but nobody read the summary") }
        return parts.joined(separator: ", ")
    }

    static func json(_ outcome: RecordOutcome, store: String) -> JSONText {
        let failures = outcome.failureCounts.map { ($0.key.rawValue, $0.value) }
        let failureCounts = Dictionary(uniqueKeysWithValues: failures)
        return JSONText(object: [
            (name: "store", value: JSONText(string: store)),
            (name: "stored", value: JSONText(integer: outcome.storedCount)),
            (name: "moved", value: JSONText(booleanLiteral: outcome.isMoved)),
            (name: "captured", value: object(of: outcome.capturedCounts)),
            (name: "open", value: JSONText(integer: outcome.openCount)),
            (name: "failures", value: object(of: failureCounts)),
            (name: "refused", value: JSONText(integer: outcome.refusedCount)),
            (
                name: "refused_failures",
                value: object(of: outcome.refusedFailureCounts)
            ),
            (name: "dropped", value: JSONText(integer: outcome.droppedCount)),
            (name: "too_large", value: JSONText(integer: outcome.tooLargeCount)),
            (name: "no_room", value: JSONText(integer: outcome.noRoomCount)),
            (name: "not_sampled", value: JSONText(integer: outcome.notSampledCount)),
            (name: "not_matched", value: JSONText(integer: outcome.notMatchedCount)),
            (name: "not_matched_paths", value: object(of: outcome.notMatchedPaths)),
            (name: "failed_checkpoints", value: JSONText(integer: outcome.failedCheckpointCount)),
        ])
    }

    private static func kinds(_ counts: [String: Int]) -> String {
        counts.sorted { $0.key < $1.key }.map { "\(Quantities.count($0.value)) with \($0.key)" }
            .joined(separator: ", ")
    }

    /// Counts by name, in the order of the names.
    private static func object(of counts: [String: Int]) -> JSONText {
        JSONText(
            object: counts.sorted { $0.key < $1.key }.map {
                (name: $0.key, value: JSONText(integer: $0.value))
            }
        )
    }
}
#endif
