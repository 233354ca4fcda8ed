/// An answer as it is shown: by a word and a sign, and by colour only beside them.
struct PageOutcome {
    /// The class that colours it.
    let style: String
    let sign: String
    let word: String

    init(_ outcome: Gate.Outcome) {
        switch outcome {
        case .pass: (style, sign) = ("pass", "✓")
        case .regression: (style, sign) = ("regression", "✗")
        case .inconclusive: (style, sign) = ("inconclusive", "?")
        case .notJudged: (style, sign) = ("unjudged", "–")
        }
        word = outcome.rawValue
    }

    init(_ verdict: Verdict) {
        switch verdict {
        case .pass: self.init(Gate.Outcome.pass)
        case .regression: self.init(Gate.Outcome.regression)
        case .inconclusive: self.init(Gate.Outcome.inconclusive)
        }
    }

    var markup: Markup {
        """
        <span class="outcome \(style)"><span aria-hidden="true">\(sign)</span> \(word)</span>
        """
    }
}
