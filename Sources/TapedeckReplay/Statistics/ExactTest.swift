/// An exact one-sided test of whether something happened more often than chance explains.
///
/// It rests on the binomial distribution itself and on no approximation, so that it holds for the smallest counts.
struct ExactTest: Hashable {
    /// How often it happened.
    let count: Int
    /// How often it could have happened, and how often each time by chance.
    let chance: BinomialDistribution

    /// Whether `count` of `trialCount` is more than a rate of `rate` explains.
    init(count: Int, of trialCount: Int, rate: Double) {
        self.count = count
        chance = BinomialDistribution(trialCount: trialCount, rate: rate)
    }

    /// McNemar's test, in its exact form: of the pairs of which just one has a property, the share in which it is the
    /// first is held against one half.
    ///
    /// McNemar, "Note on the sampling error of the difference between correlated proportions or percentages",
    /// Psychometrika 12 (1947). Pairs of which both or none have it say nothing about which has it more often.
    ///
    /// - Parameters:
    ///   - firstOnlyCount: The pairs of which only the first has it.
    ///   - secondOnlyCount: The pairs of which only the second has it.
    init(firstOnlyCount: Int, secondOnlyCount: Int) {
        self.init(count: firstOnlyCount, of: firstOnlyCount + secondOnlyCount, rate: 0.5)
    }

    /// The probability that chance alone leads to `count` or more.
    var pValue: Double {
        chance.upperTail(from: count)
    }
}
