extension Redactor {
    /// In how many exchanges each rule found something so far, in the order of the rules, by this redactor and its copies.
    ///
    /// What was refused counts, too, as far as it was looked at.
    public var matchCounts: [Int] { tally.matchCounts }

    /// The rules that found nothing in any exchange so far; none before the first exchange.
    ///
    /// Such a rule may be misspelled: names of members count with upper and lower case, and a pointer begins at the body.
    public var unmatchedRules: [RedactionRule] {
        guard tally.exchangeCount > 0 else { return [] }
        return zip(rules.rules, tally.matchCounts).filter { $0.1 == 0 }.map(\.0)
    }
}
