/// Whether a new build is a regression.
public enum Verdict: String, Sendable, Hashable, CaseIterable, Codable {
    /// Nothing was shown, and nothing of importance can hide in the data.
    case pass
    /// At least one gate shows a regression.
    case regression
    /// No gate shows one, but at least one has too little to go by.
    case inconclusive

    init(_ outcomes: some Sequence<Gate.Outcome>) {
        let outcomes = Set(outcomes)
        self =
            outcomes.contains(.regression)
            ? .regression : outcomes.contains(.inconclusive) ? .inconclusive : .pass
    }
}
