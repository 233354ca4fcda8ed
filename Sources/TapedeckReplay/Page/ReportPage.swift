/// What the page's templates are filled with.
///
/// All of it is text that is still to be escaped, which the templates do.
struct ReportPage {
    /// A fact and its name.
    struct Fact {
        let name: String
        let value: String
    }

    // A page of more is not read, and takes a browser long. The other reports hold all.
    private static let mostDifferences = 200
    private static let mostOpenDifferences = 5
    private static let mostReasons = 5
    private static let mostCharts = 24
    private static let mostRows = 500

    let nonce: String
    let style = PageTemplates.style
    let script = PageTemplates.script
    let title: String
    let verdict: PageOutcome
    let reasons: [String]
    let facts: [Fact]
    let isFilterable: Bool
    let isTimed: Bool
    let tags: [String]
    let gates: [PageGate]
    let moreGates: String?
    let referenceName: String
    let charts: [PageProtocol]
    let moreCharts: String?
    let lagChart: LagChart?
    let differences: [PageDifference]
    let moreDifferences: String?
    let isBaseline: Bool
    let rows: [PageProtocol]
    let moreRows: String?
    let errors: [Fact]
    let findings: [String]

    init(_ report: ReplayReport, nonce: String) {
        let reference = Self.name(report.reference)
        func shown(_ summary: ReplayReport.ProtocolSummary, _ index: Int) -> PageProtocol {
            PageProtocol(summary, number: index + 1, reference: reference)
        }
        let total = PageProtocol(report.total, isTotal: true, number: 0, reference: reference)
        let largest = report.protocols.sorted {
            ($1.exchangeCount, $0.protocol) < ($0.exchangeCount, $1.protocol)
        }
        let drawn = largest.prefix(Self.mostCharts).enumerated().map { shown($1, $0) }
        self.nonce = nonce
        title = "Replay of run \(report.run.id)"
        verdict = PageOutcome(report.verdict.verdict)
        reasons = Self.reasons(report.verdict)
        facts = Self.facts(report)
        tags = report.protocols.map(\.protocol)
        isFilterable = !report.protocols.isEmpty
        gates = report.verdict.gates.prefix(Self.mostRows).map(PageGate.init)
        moreGates = Self.more(report.verdict.gates.count - gates.count, "gate")
        referenceName = reference
        charts = ([total] + (drawn.count > 1 ? drawn : [])).filter { $0.chart != nil }
        isTimed = !charts.isEmpty
        moreCharts = Self.more(report.protocols.count - drawn.count, "protocol")
        lagChart = report.run.settings.pace == .maximum ? nil : LagChart(report.lagSeries, lag: report.lag)
        differences = report.differences.prefix(Self.mostDifferences).enumerated().map { index, group in
            PageDifference(group, isOpen: index < Self.mostOpenDifferences)
        }
        moreDifferences = Self.more(report.differences.count - differences.count, "member path")
        isBaseline = if case .baseline = report.reference { true } else { false }
        rows = report.protocols.prefix(Self.mostRows).enumerated().map { shown($1, $0) } + [total]
        moreRows = Self.more(report.protocols.count - rows.count + 1, "protocol")
        errors = report.errors.map { Fact(name: $0.name, value: Figures.count($0.count)) }
        findings = report.ruleFindings
    }

    private static func more(_ count: Int, _ noun: String) -> String? {
        count > 0 ? "\(Figures.count(count, "more \(noun)")) not shown here; the JSON report holds all." : nil
    }

    private static func name(_ reference: ReplayReport.Reference) -> String {
        switch reference {
        case .recording: "recorded"
        case .baseline: "baseline"
        case .run(let id, _): "run \(id)"
        }
    }

    private static func reasons(_ verdict: ReplayVerdict) -> [String] {
        guard verdict.exchangeCount > 0 else {
            return ["Nothing was replayed, so there is nothing to judge."]
        }
        guard verdict.verdict != .pass else { return ["Nothing was shown to be worse."] }
        let gates = verdict.gates.filter { $0.outcome.rawValue == verdict.verdict.rawValue }
        // What holds for all protocols says what those of each do.
        let all = gates.filter { $0.protocol == nil }
        let told = all.isEmpty ? Array(gates.prefix(mostReasons)) : all
        let rest = gates.count - told.count
        return told.map(\.sentence)
            + (rest > 0 ? ["The same is true of \(Figures.count(rest, "gate")) of single protocols."] : [])
    }
}
