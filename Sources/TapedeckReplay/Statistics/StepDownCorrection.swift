/// Corrects the p-values of many exact tests, so that the probability that chance alone makes any of them significant
/// stays below the level, however the tests depend on each other.
///
/// A Bonferroni correction multiplies each p-value by the number of tests. Two refinements lose nothing of its promise:
///
/// - A test of few observations cannot have a small p-value at all: of four discordant pairs it is 1/16 at best. For each
///   p-value only what each test can reach counts: the greatest of its attainable p-values that is not above, or nothing.
///   Tarone, "A modified Bonferroni method for discrete data", Biometrics 46 (1990), excludes the tests that can reach
///   nothing; Westfall and Wolfinger, "Multiple tests with discrete distributions", The American Statistician 51 (1997),
///   sum what each can reach, which gives an adjusted p-value and is never less powerful.
/// - The next smallest p-value is held against the remaining tests only: Holm, "A simple sequentially rejective multiple test
///   procedure", Scandinavian Journal of Statistics 6 (1979). Westfall and Troendle, "Multiple testing with minimal
///   assumptions", Biometrical Journal 50 (2008), show that both go together.
///
/// Member paths need this: most of a response's paths differ once or never, and they must not cost the others power.
enum StepDownCorrection {
    /// The adjusted p-values, in the order of the tests. One that is not above the level is significant.
    ///
    /// - Complexity: O(*s* · *d*) binomial searches for *s* tests that stay below 1 and *d* different numbers of trials.
    static func adjustedPValues(of tests: [ExactTest]) -> [Double] {
        let pValues = tests.map(\.pValue)
        var adjusted = [Double](repeating: 1, count: tests.count)
        var remaining: [BinomialDistribution: Int] = [:]
        for test in tests { remaining[test.chance, default: 0] += 1 }

        var greatest = 0.0
        for index in tests.indices.sorted(by: { (pValues[$0], $0) < (pValues[$1], $1) }) {
            let reachable = remaining.reduce(0) { sum, entry in
                sum + Double(entry.value) * entry.key.greatestUpperTail(notAbove: pValues[index])
            }
            greatest = max(greatest, reachable)
            // The p-values that follow are no smaller, and so are their adjusted ones.
            if greatest >= 1 { break }
            adjusted[index] = greatest
            remaining[tests[index].chance, default: 1] -= 1
        }
        return adjusted
    }
}
