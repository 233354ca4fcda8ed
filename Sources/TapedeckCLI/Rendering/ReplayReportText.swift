import TapedeckReplay

/// Renders what a replay came to, the verdict last, where the eye is when the command ends.
struct ReplayReportText {
    private static let widestPath = 56
    private static let mostPaths = 12

    let report: ReplayReport

    init(_ report: ReplayReport) {
        self.report = report
    }

    var text: String {
        [heading, protocols, differences, gates, notes, verdict].filter { !$0.isEmpty }.joined(
            separator: "\n"
        )
    }

    private var heading: String {
        let reference =
            switch report.reference {
            case .recording: "what was recorded"
            case .baseline(let address): "\(address), asked twice"
            case .run(let id, let target): "run \(id) (\(target))"
            }
        let text = """
            run \(report.run.id): \(Quantities.count(report.verdict.exchangeCount, "exchange")) \
            from \(report.run.storePath) to \(report.run.settings.target), compared with \(reference)
            """
        return text.escapingControlCharacters() + "\n"
    }

    private var protocols: String {
        var table = TextTable([
            .init("PROTOCOL", .left, widthLimit: 32), .init("SENT", .right), .init("DIFFER", .right),
            .init("ERRORS", .right), .init("P50", .right), .init("WAS", .right), .init("P90", .right),
            .init("WAS", .right), .init("P99", .right), .init("WAS", .right),
        ])
        for line in report.protocols + [report.total] {
            let times = [0.5, 0.9, 0.99].flatMap { share in
                [Self.latency(line.candidate.quantile(share)), Self.latency(line.reference.quantile(share))]
            }
            table.add(
                [
                    line.protocol, Quantities.count(line.exchangeCount),
                    Quantities.count(line.differingCount),
                    Quantities.count(line.errorCount),
                ] + times
            )
        }
        return table.text
    }

    private var differences: String {
        guard !report.differences.isEmpty else { return "" }
        let isBaseline = if case .baseline = report.reference { true } else { false }
        var table = TextTable(
            [.init("DIFFERS AT", .left, widthLimit: Self.widestPath), .init("EXCHANGES", .right)]
                + (isBaseline ? [.init("BASELINE ITSELF", .right)] : [])
                + [.init("", .left), .init("EXAMPLE", .left)]
        )
        for group in report.differences.prefix(Self.mostPaths) {
            let counts = group.finding.counts
            table.add(
                [
                    group.finding.path.isEmpty ? "(the whole)" : group.finding.path,
                    Quantities.count(counts.targetCount),
                ]
                    + (isBaseline ? [Quantities.count(counts.noiseCount)] : [])
                    + [
                        group.finding.outcome == .pass ? "" : group.finding.outcome.rawValue,
                        group.examples.first.map { "exchange \($0.exchangeID)" } ?? "",
                    ]
            )
        }
        let rest = report.differences.count - Self.mostPaths
        return table.text + (rest > 0 ? "and \(Quantities.count(rest, "more member path"))\n" : "")
    }

    private var gates: String {
        var table = TextTable([.init("", .left), .init("GATE", .left), .init("", .left)])
        for gate in report.verdict.gates where gate.protocol == nil || gate.outcome == .regression {
            table.add([Self.mark(gate.outcome), gate.name, gate.sentence])
        }
        let unjudged = report.verdict.gates.filter { $0.protocol != nil && $0.outcome == .notJudged }
        let names = Set(unjudged.compactMap(\.protocol)).sorted()
        let note =
            names.isEmpty
            ? ""
            : "too few exchanges to judge by themselves: \(names.joined(separator: ", "))\n"
                .escapingControlCharacters(keepingLineFeeds: true)
        return table.text + note
    }

    private var notes: String {
        var lines: [String] = []
        if !report.errors.isEmpty {
            let errors = report.errors.map { "\($0.name): \(Quantities.count($0.count))" }
            lines.append("errors: " + errors.joined(separator: ", "))
        }
        if report.verdict.leftOutCount > 0 {
            lines.append(
                "\(Quantities.count(report.verdict.leftOutCount, "exchange")) had nothing to be compared with"
            )
        }
        if report.run.settings.pace != .maximum {
            let due = report.latencyFromDue
            lines.append(
                "sent late by \(Self.latency(report.lag.quantile(0.5))) (p50), \(Self.latency(report.lag.quantile(0.99)))"
                    + " (p99), \(Self.latency(report.lag.maximum)) (most); latency from when they were due:"
                    + " \(Self.latency(due.quantile(0.5))) (p50), \(Self.latency(due.quantile(0.99))) (p99)"
            )
        }
        lines += report.ruleFindings
        return lines.map { $0.escapingControlCharacters() + "\n" }.joined()
    }

    private var verdict: String {
        let reasons = report.verdict.gates.filter { $0.outcome.rawValue == report.verdict.verdict.rawValue }
        switch report.verdict.verdict {
        case .pass:
            let unjudged = report.verdict.gates.filter { $0.protocol == nil && $0.outcome == .notJudged }
            let rest = unjudged.isEmpty ? "" : "; not judged: " + Self.names(unjudged)
            return "PASS: nothing was shown to be worse\(rest)\n"
        case .regression: return "REGRESSION: " + Self.names(reasons) + "\n"
        case .inconclusive: return "INCONCLUSIVE: " + Self.names(reasons) + "\n"
        }
    }

    private static func names(_ gates: [Gate]) -> String {
        gates.map(\.name).joined(separator: ", ").escapingControlCharacters()
    }

    private static func mark(_ outcome: Gate.Outcome) -> String {
        switch outcome {
        case .pass: "✓"
        case .regression: "✗"
        case .inconclusive: "?"
        case .notJudged: "-"
        }
    }

    private static func latency(_ nanoseconds: UInt64?) -> String {
        nanoseconds.map { Quantities.latency($0) } ?? "-"
    }
}
