/// A row of the table of protocols, and a chart.
struct PageProtocol {
    /// The times at a quantile.
    struct Quantile {
        let label: String
        let reference: String
        let candidate: String
        let ratio: String
    }

    /// Nil for all protocols together.
    let tag: String?
    let title: String
    let sent: String
    let differing: String
    let errors: String
    let quantiles: [Quantile]
    let chart: DistributionChart?

    init(_ summary: ReplayReport.ProtocolSummary, isTotal: Bool = false, number: Int, reference: String) {
        tag = isTotal ? nil : summary.protocol
        title = isTotal ? "All protocols" : summary.protocol
        sent = Figures.count(summary.exchangeCount)
        differing = Figures.count(summary.differingCount)
        errors = Figures.count(summary.errorCount)
        quantiles = [("p50", 0.5), ("p90", 0.9), ("p99", 0.99)].map { label, share in
            let (old, new) = (summary.reference.quantile(share), summary.candidate.quantile(share))
            let ratio = old.flatMap { old in new.map { Double($0) / Double(max(1, old)) } }
            return Quantile(
                label: label,
                reference: old.map(Figures.duration) ?? "–",
                candidate: new.map(Figures.duration) ?? "–",
                ratio: ratio.map { "\(Figures.ratio($0)) ×" } ?? "–"
            )
        }
        chart = DistributionChart(
            number: number,
            reference: (reference, summary.reference),
            candidate: ("new build", summary.candidate)
        )
    }
}
