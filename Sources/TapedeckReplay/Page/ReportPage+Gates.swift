extension ReportPage {
    /// The questions that the verdict rests on, and their answers.
    var gates: Markup {
        """
        <section aria-labelledby="gates">
        <h2 id="gates">Gates</h2>
        <div class="scroll" tabindex="0" role="region" aria-labelledby="gates">
        <table>
        <thead><tr>
        <th scope="col">Outcome</th>
        <th scope="col">Gate</th>
        <th scope="col" class="number">Measured</th>
        <th scope="col" class="number">95 % interval</th>
        <th scope="col" class="number">At most</th>
        <th scope="col" class="number">Exchanges</th>
        </tr></thead>
        <tbody>
        \(report.verdict.gates.prefix(Self.mostRows).map(Self.row))
        </tbody>
        </table>
        </div>
        \(Self.more(report.verdict.gates.count - Self.mostRows, "gate"))
        </section>
        """
    }

    private static func row(_ gate: Gate) -> Markup {
        let isShare = gate.name == "differences" || gate.name == "errors"
        func figure(_ value: Double) -> String {
            isShare ? Figures.percent(value) : "\(Figures.ratio(value)) ×"
        }
        let interval = gate.interval.map { "\(figure($0.lowerBound)) to \(figure($0.upperBound))" }
        return """
            <tr\(filtered(by: gate.protocol))>
            <td>\(PageOutcome(gate.outcome).markup)</td>
            <th scope="row">\(gate.name)<p>\(gate.sentence)</p></th>
            <td class="number">\(gate.measured.map(figure) ?? "–")</td>
            <td class="number">\(interval ?? "–")</td>
            <td class="number">\(figure(gate.limit))</td>
            <td class="number">\(Figures.count(gate.exchangeCount))</td>
            </tr>
            """
    }
}
