/// The sentences of gates and findings.
enum VerdictSentences {
    static func path(
        _ path: String,
        counts: DifferenceCounts,
        adjustedPValue: Double,
        outcome: Gate.Outcome,
        reference: ReplayEvidence.Reference
    ) -> String {
        let share =
            "\(Figures.count(counts.targetCount)) of \(Figures.count(counts.exchangeCount, "exchange"))"
        let chance = "; p is \(Figures.probability(adjustedPValue)), corrected for the number of paths"
        switch reference {
        case .baseline:
            let noise = "the baseline differs from itself in \(Figures.count(counts.noiseCount))"
            return "\(path) differs in \(share), and \(noise)\(chance).\(caveat(outcome))"
        case .recording:
            return "\(path) differs from the recording in \(share)\(chance).\(caveat(outcome))"
        }
    }

    static func differences(
        _ paths: [PathFinding],
        reference: ReplayEvidence.Reference,
        comparedCount: Int
    ) -> String {
        let regressions = paths.filter { $0.outcome == .regression }
        let unclear = paths.count { $0.outcome == .inconclusive }
        let than =
            reference == .baseline ? "more often than the baseline from itself" : "more often than allowed"
        if !regressions.isEmpty {
            let names = regressions.prefix(3).map(\.path).joined(separator: ", ")
            let more = regressions.count > 3 ? " and \(Figures.count(regressions.count - 3)) more" : ""
            return
                "\(Figures.count(regressions.count, "member path")) differ\(regressions.count == 1 ? "s" : "") "
                + "\(than): \(names)\(more)."
        }
        if unclear > 0 {
            return "No member path is shown to differ \(than), but at \(Figures.count(unclear)) of "
                + "\(Figures.count(paths.count)) the answers vary too much to tell."
        }
        return "No member path differs \(than), in \(Figures.count(comparedCount, "exchange"))."
    }

    static func tooFewCompared(_ count: Int, required: Int) -> String {
        "\(Figures.count(count, "exchange")) could be compared; it takes \(Figures.count(required)) to tell."
    }

    static func errors(
        _ counts: DifferenceCounts,
        pValue: Double,
        limit: Double,
        outcome: Gate.Outcome,
        reference: ReplayEvidence.Reference
    ) -> String {
        let share =
            "\(Figures.count(counts.targetCount)) of \(Figures.count(counts.exchangeCount, "exchange"))"
        let allowed = limit > 0 ? "; at most \(Figures.percent(limit)) may" : ""
        switch reference {
        case .baseline:
            return
                "The new build fails in \(share) in which the baseline answered, and the baseline, asked again, in "
                + "\(Figures.count(counts.noiseCount))\(allowed); p is \(Figures.probability(pValue)).\(caveat(outcome))"
        case .recording:
            return "The new build fails in \(share) whose recording did not\(allowed).\(caveat(outcome))"
        }
    }

    static let unlikeLoad =
        "Times are not judged, as the reference was under another load: a baseline, the original pace, or one exchange at"
        + " a time makes them comparable."

    static func latency(
        of series: LatencySeries,
        at quantile: LatencyQuantile,
        ratio: LatencyRatio?,
        outcome: Gate.Outcome,
        requiredCount: Int?,
        options: VerdictOptions,
        reference: ReplayEvidence.Reference
    ) -> String {
        let subject =
            "\(quantile.rawValue) \(series.kind.rawValue)" + (series.protocol.map { " of \($0)" } ?? "")
        let count = Figures.count(series.latencies.count, "exchange")
        guard let ratio else {
            return "\(subject) was not measured: \(count) with times at both builds; it takes "
                + "\(Figures.count(requiredCount ?? quantile.minimumCount))."
        }
        let interval =
            "\(Figures.ratio(ratio.interval.lowerBound)) to \(Figures.ratio(ratio.interval.upperBound))"
        let than = reference == .baseline ? "the baseline's" : "what was recorded"
        let measured = "\(subject) is \(Figures.ratio(ratio.estimate)) times \(than) (\(interval))"
        guard let requiredCount, outcome != .regression else {
            return "\(measured); at most \(Figures.ratio(options.maximumLatencyRatio)) may be."
        }
        return
            "\(measured), which does not rule out \(Figures.ratio(options.hidingLatencyRatio)); it would take about "
            + "\(Figures.count(requiredCount)) exchanges instead of \(Figures.count(series.latencies.count))."
    }

    private static func caveat(_ outcome: Gate.Outcome) -> String {
        outcome == .inconclusive ? " That is too little to tell." : ""
    }
}
