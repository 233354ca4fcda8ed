extension ReportPage {
    /// What became of the exchanges of each protocol.
    var protocols: Markup {
        let shown = report.protocols.prefix(Self.mostRows).map { PageProtocol(tag: $0.protocol, summary: $0) }
        let total = PageProtocol(tag: nil, summary: report.total)
        return """
            <section aria-labelledby="protocols">
            <h2 id="protocols">Protocols</h2>
            <div class="scroll" tabindex="0" role="region" aria-labelledby="protocols">
            <table>
            <thead>
            <tr>
            <th scope="col" rowspan="2">Protocol</th>
            <th scope="col" rowspan="2" class="number">Sent</th>
            <th scope="col" rowspan="2" class="number">Differ</th>
            <th scope="col" rowspan="2" class="number">Errors</th>
            \(total.quantiles.map { #"<th scope="colgroup" colspan="2" class="pair">\#($0.label)</th>"# })
            </tr>
            <tr>
            \(total.quantiles.map { _ in pair })
            </tr>
            </thead>
            <tbody>
            \((shown + [total]).map(Self.row))
            </tbody>
            </table>
            </div>
            \(Self.more(report.protocols.count - Self.mostRows, "protocol"))
            </section>
            """
    }

    private var pair: Markup {
        #"<th scope="col" class="number">\#(referenceName)</th><th scope="col" class="number">new</th>"#
    }

    private static func row(_ shown: PageProtocol) -> Markup {
        let summary = shown.summary
        return """
            <tr\(filtered(by: shown.tag) ?? #" class="total""#)>
            <th scope="row">\(shown.title)</th>
            <td class="number">\(Figures.count(summary.exchangeCount))</td>
            <td class="number">\(Figures.count(summary.differingCount))</td>
            <td class="number">\(Figures.count(summary.errorCount))</td>
            \(shown.quantiles.map(times))
            </tr>
            """
    }

    private static func times(_ quantile: PageProtocol.Quantile) -> Markup {
        #"<td class="number quiet">\#(quantile.reference)</td><td class="number">\#(quantile.candidate)</td>"#
    }
}
