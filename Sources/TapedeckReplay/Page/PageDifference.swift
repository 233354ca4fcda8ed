/// A member path that differs, as it is shown.
struct PageDifference {
    /// In how many exchanges of a protocol it differs.
    struct Share {
        let tag: String
        let count: String
    }

    /// Both answers of an exchange, in the parts that are alike and those that are not.
    struct Example {
        let exchange: String
        let tag: String
        let pointer: String
        let isExpected: Bool
        let isActual: Bool
        let change: TextChange
        let isMarked: Bool
    }

    let path: String
    let outcome: PageOutcome
    let isOpen: Bool
    let count: String
    let exchanges: String
    let noise: String
    let chance: String
    let explanation: String
    let shares: [Share]
    let examples: [Example]

    init(_ group: ReplayReport.DifferenceGroup, isOpen: Bool) {
        let finding = group.finding
        path = finding.path.isEmpty ? "(the whole body)" : finding.path
        outcome = PageOutcome(finding.outcome)
        self.isOpen = isOpen
        count = Figures.count(finding.counts.targetCount)
        exchanges = Figures.count(finding.counts.exchangeCount)
        noise = Figures.count(finding.counts.noiseCount)
        chance = Figures.probability(finding.adjustedPValue)
        explanation = finding.sentence
        shares = group.counts.sorted { ($1.value, $0.key) < ($0.value, $1.key) }
            .map { Share(tag: $0.key, count: Figures.count($0.value)) }
        examples = group.examples.map(Self.example)
    }

    private static func example(_ example: ReplayReport.Example) -> Example {
        let change = TextChange(from: example.expected ?? "", to: example.actual ?? "")
        return Example(
            exchange: "\(example.exchangeID)",
            tag: example.protocol,
            pointer: example.pointer ?? "",
            isExpected: example.expected != nil,
            isActual: example.actual != nil,
            change: change,
            // Where nothing is alike, a mark over all says nothing.
            isMarked: !(change.before + change.after).isEmpty
        )
    }
}
