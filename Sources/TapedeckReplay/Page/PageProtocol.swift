/// A protocol as it is shown, or all of them together.
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
    let summary: ReplayReport.ProtocolSummary

    var title: String { tag ?? "All protocols" }

    var quantiles: [Quantile] {
        [("p50", 0.5), ("p90", 0.9), ("p99", 0.99)].map { label, share in
            let (old, new) = (summary.reference.quantile(share), summary.candidate.quantile(share))
            let ratio = old.flatMap { old in new.map { Double($0) / Double(max(1, old)) } }
            return Quantile(
                label: label,
                reference: old.map(Figures.duration) ?? "–",
                candidate: new.map(Figures.duration) ?? "–",
                ratio: ratio.map { "\(Figures.ratio($0)) ×" } ?? "–"
            )
        }
    }
}
