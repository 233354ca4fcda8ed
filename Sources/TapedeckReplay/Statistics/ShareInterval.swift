/// Intervals that hold a share, or a difference of two shares, with a given confidence.
enum ShareInterval {
    /// The interval of Clopper and Pearson for the probability behind `count` of `trialCount`.
    ///
    /// "The use of confidence or fiducial limits illustrated in the case of the binomial", Biometrika 26 (1934). It is exact,
    /// which means that it holds the share at least as often as it says. Of no trials it is 0 through 1.
    ///
    /// - Parameters:
    ///   - count: 0 through `trialCount`.
    ///   - trialCount: 0 or more.
    ///   - confidence: Above 0 and below 1, of both sides together.
    /// - Returns: The interval.
    static func exact(count: Int, of trialCount: Int, confidence: Double = 0.95) -> ClosedRange<Double> {
        let tail = (1 - confidence) / 2
        let low =
            count == 0
            ? 0
            : crossing {
                BinomialDistribution(trialCount: trialCount, rate: $0).upperTail(from: count) > tail
            }
        let high =
            count == trialCount
            ? 1
            : crossing {
                BinomialDistribution(trialCount: trialCount, rate: $0).lowerTail(through: count) < tail
            }
        return low...max(low, high)
    }

    /// The interval of Agresti and Min for how much more often the first of a pair has a property than the second.
    ///
    /// "Simple improved confidence intervals for comparing matched proportions", Statistics in Medicine 24 (2005): half a
    /// pair is added to each of the four cells, so that counts of 0 do not make it empty.
    ///
    /// - Parameters:
    ///   - firstOnlyCount: The pairs of which only the first has it.
    ///   - secondOnlyCount: The pairs of which only the second has it.
    ///   - pairCount: All pairs. Of none the interval is -1 through 1.
    ///   - confidence: Above 0 and below 1, of both sides together.
    /// - Returns: The interval.
    static func pairedDifference(
        firstOnlyCount: Int,
        secondOnlyCount: Int,
        of pairCount: Int,
        confidence: Double = 0.95
    ) -> ClosedRange<Double> {
        if pairCount == 0 { return -1...1 }
        let (first, second) = (Double(firstOnlyCount) + 0.5, Double(secondOnlyCount) + 0.5)
        let pairs = Double(pairCount) + 2
        let middle = (first - second) / pairs
        let variance = (first + second - (first - second) * (first - second) / pairs) / (pairs * pairs)
        let margin = NormalDistribution.quantile(exceededBy: (1 - confidence) / 2) * variance.squareRoot()
        return max(-1, middle - margin)...min(1, middle + margin)
    }

    /// Where a condition that is false at 0 becomes true.
    private static func crossing(_ isAbove: (Double) -> Bool) -> Double {
        var (low, high) = (0.0, 1.0)
        for _ in 0..<60 {
            let middle = (low + high) / 2
            if isAbove(middle) { high = middle } else { low = middle }
        }
        return (low + high) / 2
    }
}
