extension ReportPage {
    private static let mostDifferences = 200
    private static let mostOpenDifferences = 5

    /// The member paths that differ, the most striking first.
    var differences: Markup {
        let shown = report.differences.prefix(Self.mostDifferences).enumerated().map {
            difference($1, isOpen: $0 < Self.mostOpenDifferences)
        }
        return """
            <section aria-labelledby="differences">
            <h2 id="differences">Differences</h2>
            \(shown.isEmpty ? [#"<p class="note">No member differs.</p>"#] : shown)
            \(Self.more(report.differences.count - Self.mostDifferences, "member path"))
            </section>
            """
    }

    private func difference(_ group: ReplayReport.DifferenceGroup, isOpen: Bool) -> Markup {
        let finding = group.finding
        let path = finding.path.isEmpty ? "(the whole body)" : finding.path
        let shares = group.counts.sorted { ($1.value, $0.key) < ($0.value, $1.key) }
        let open: Markup? = isOpen ? #" open="open""# : nil
        return """
            <details class="difference" data-path="\(path)"\(open)>
            <summary>\(PageOutcome(finding.outcome).markup) <code>\(path)</code> \(tally(finding))</summary>
            <p class="explanation">\(finding.sentence)</p>
            <p class="shares">\(shares.map(Self.share))</p>
            \(group.examples.map(Self.example))
            </details>
            """
    }

    private func tally(_ finding: PathFinding) -> Markup {
        let counts = finding.counts
        let isBaseline = if case .baseline = report.reference { true } else { false }
        let noise: Markup? = isBaseline ? ", noise <b>\(Figures.count(counts.noiseCount))</b>" : nil
        return """
            <span class="tally"><b>\(Figures.count(counts.targetCount))</b> of \
            \(Figures.count(counts.exchangeCount))\(noise), p <b>\(Figures.probability(finding.adjustedPValue))</b></span>
            """
    }

    private static func share(_ tag: String, _ count: Int) -> Markup {
        #"<span data-tag="=\#(tag)"><bdi>\#(tag)</bdi> <b>\#(Figures.count(count))</b></span>"#
    }
}
