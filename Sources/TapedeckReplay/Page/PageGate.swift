/// A row of the table of gates.
struct PageGate {
    let name: String
    let tag: String?
    let outcome: PageOutcome
    let measured: String
    let interval: String
    let limit: String
    let exchanges: String
    let sentence: String

    init(_ gate: Gate) {
        let isShare = gate.name == "differences" || gate.name == "errors"
        func figure(_ value: Double) -> String {
            isShare ? Figures.percent(value) : "\(Figures.ratio(value)) ×"
        }
        name = gate.name
        tag = gate.protocol
        outcome = PageOutcome(gate.outcome)
        measured = gate.measured.map(figure) ?? "–"
        interval = gate.interval.map { "\(figure($0.lowerBound)) to \(figure($0.upperBound))" } ?? "–"
        limit = figure(gate.limit)
        exchanges = Figures.count(gate.exchangeCount)
        sentence = gate.sentence
    }
}
