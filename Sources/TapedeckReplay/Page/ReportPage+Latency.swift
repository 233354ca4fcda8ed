extension ReportPage {
    private static let mostCharts = 24

    /// How long answers took: all of them together, then the protocols of the most exchanges.
    var latency: Markup {
        let largest = report.protocols.sorted {
            ($1.exchangeCount, $0.protocol) < ($0.exchangeCount, $1.protocol)
        }
        let drawn = largest.prefix(Self.mostCharts).map { PageProtocol(tag: $0.protocol, summary: $0) }
        // One alone would be drawn twice.
        let all = [PageProtocol(tag: nil, summary: report.total)] + (drawn.count > 1 ? drawn : [])
        let figures = all.enumerated().compactMap { figure($1, number: $0) }
        return """
            <section aria-labelledby="latency">
            <h2 id="latency">Latency</h2>
            \(figures.isEmpty ? #"<p class="note">No answer has a latency.</p>"# : legend)
            <div class="charts">
            \(figures)
            </div>
            \(Self.more(report.protocols.count - Self.mostCharts, "protocol"))
            </section>
            """
    }

    private var legend: Markup {
        """
        <p class="legend"><span class="swatch reference"></span>\(referenceName) \
        <span class="swatch candidate"></span>new build</p>
        """
    }

    private func figure(_ shown: PageProtocol, number: Int) -> Markup? {
        let chart = DistributionChart(
            reference: (referenceName, shown.summary.reference),
            candidate: ("new build", shown.summary.candidate)
        )
        guard let chart else { return nil }
        return """
            <figure\(Self.filtered(by: shown.tag))>
            <figcaption><bdi>\(shown.title)</bdi> \
            <span class="quiet">\(Figures.count(shown.summary.exchangeCount))</span></figcaption>
            \(chart.markup(title: "Latency: \(shown.title)", id: "chart-\(number)"))
            <table class="quantiles">
            <thead><tr>
            <th scope="col"><span class="unseen">Quantile</span></th>
            <th scope="col" class="number">\(referenceName)</th>
            <th scope="col" class="number">new</th>
            <th scope="col" class="number">ratio</th>
            </tr></thead>
            <tbody>
            \(shown.quantiles.map(Self.row))
            </tbody>
            </table>
            </figure>
            """
    }

    private static func row(_ quantile: PageProtocol.Quantile) -> Markup {
        """
        <tr><th scope="row">\(quantile.label)</th><td class="number quiet">\(quantile.reference)</td>\
        <td class="number">\(quantile.candidate)</td><td class="number">\(quantile.ratio)</td></tr>
        """
    }
}
