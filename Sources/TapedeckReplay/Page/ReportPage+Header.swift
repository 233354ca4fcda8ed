extension ReportPage {
    private static let mostReasons = 5

    var title: String { "Replay of run \(report.run.id)" }

    var verdict: PageOutcome { PageOutcome(report.verdict.verdict) }

    /// The verdict, and why it is that.
    var header: Markup {
        """
        <header class="verdict \(verdict.style)">
        <p class="eyebrow">\(title)</p>
        <h1><span class="sign" aria-hidden="true">\(verdict.sign)</span> <span class="word">\(verdict.word)</span></h1>
        <ul class="reasons">
        \(reasons.map { "<li>\($0)</li>" })
        </ul>
        </header>
        """
    }

    private var reasons: [String] {
        let verdict = report.verdict
        guard verdict.exchangeCount > 0 else {
            return ["Nothing was replayed, so there is nothing to judge."]
        }
        guard verdict.verdict != .pass else { return ["Nothing was shown to be worse."] }
        let gates = verdict.gates.filter { $0.outcome.rawValue == verdict.verdict.rawValue }
        // What holds for all protocols says what those of each do.
        let all = gates.filter { $0.protocol == nil }
        let told = all.isEmpty ? Array(gates.prefix(Self.mostReasons)) : all
        let rest = gates.count - told.count
        return told.map(\.sentence)
            + (rest > 0 ? ["The same is true of \(Figures.count(rest, "gate")) of single protocols."] : [])
    }
}
