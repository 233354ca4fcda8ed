#if canImport(Glibc)
private import Glibc
#elseif canImport(Musl)
private import Musl
#elseif canImport(Darwin)
private import Darwin
#endif

/// How many of `trialCount` independent trials succeed when each does with probability `rate`.
struct BinomialDistribution: Hashable {
    /// The number of trials, 0 or more.
    let trialCount: Int
    /// The probability of each, 0 through 1.
    let rate: Double

    init(trialCount: Int, rate: Double) {
        precondition(trialCount >= 0 && (0...1).contains(rate))
        self.trialCount = trialCount
        self.rate = rate
    }

    /// The probability of `count` successes or more, to about 12 digits; below 10^-300 it is 0.
    ///
    /// Sums from `count` away from the mean, where terms fall at least geometrically: about √`trialCount` steps.
    func upperTail(from count: Int) -> Double {
        if count <= 0 { return 1 }
        if count > trialCount || rate == 0 { return 0 }
        if rate == 1 { return 1 }
        if Double(count) > Double(trialCount) * rate { return min(1, sum(from: count, step: 1)) }
        return max(0, 1 - sum(from: count - 1, step: -1))
    }

    /// The probability of `count` successes or fewer.
    func lowerTail(through count: Int) -> Double {
        BinomialDistribution(trialCount: trialCount, rate: 1 - rate).upperTail(from: trialCount - count)
    }

    /// The greatest upper tail that is not above `bound`: the probability that a test of this distribution has a
    /// p-value of at most `bound`. It is 0 where even `trialCount` successes would be less rare than that.
    func greatestUpperTail(notAbove bound: Double) -> Double {
        // Tails of other distributions that are equal in theory may differ in their last bits.
        let bound = bound * (1 + 1e-9)
        var (low, high) = (0, trialCount + 1)
        while low < high {
            let middle = (low + high) / 2
            if upperTail(from: middle) <= bound { high = middle } else { low = middle + 1 }
        }
        return upperTail(from: low)
    }

    private func sum(from first: Int, step: Int) -> Double {
        let odds = rate / (1 - rate)
        var (count, term, total) = (first, probability(of: first), 0.0)
        while (0...trialCount).contains(count), term > total * 1e-17 {
            total += term
            term *=
                step > 0
                ? Double(trialCount - count) / Double(count + 1) * odds
                : Double(count) / Double(trialCount - count + 1) / odds
            count += step
        }
        return total
    }

    private func probability(of count: Int) -> Double {
        let (successes, failures) = (Double(count), Double(trialCount - count))
        let ways = logFactorial(Double(trialCount)) - logFactorial(successes) - logFactorial(failures)
        return exp(ways + successes * log(rate) + failures * log1p(-rate))
    }

    private func logFactorial(_ value: Double) -> Double {
        lgamma(value + 1)
    }
}
