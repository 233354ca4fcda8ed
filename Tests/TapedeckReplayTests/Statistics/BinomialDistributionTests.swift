import Testing

@testable import TapedeckReplay

@Suite struct BinomialDistributionTests {
    /// The probabilities come from another implementation (SciPy 1.17), but for the first two, which are
    /// (45 + 10 + 1) / 1024 and 2^-40.
    @Test(arguments: [
        (10, 8, 0.5, 0.0546875),
        (40, 40, 0.5, 9.094947017729282e-13),
        (1000, 530, 0.5, 0.031011597549181716),
        (200_000, 100_500, 0.5, 0.012746945333473042),
        (2000, 20, 0.005, 0.003370858496896595),
        (2000, 3, 0.005, 0.9972757951816384),
        (200_000, 1, 1e-6, 0.18126932879514396),
        (500, 200, 0.5, 0.9999970742217401),
    ])
    func `Upper tails are as others compute them`(trials: Int, count: Int, rate: Double, tail: Double) {
        let computed = BinomialDistribution(trialCount: trials, rate: rate).upperTail(from: count)
        #expect(abs(computed / tail - 1) < 1e-9)
    }

    @Test(arguments: [0, 1, 7, 50], [0.0, 0.02, 0.5, 0.9, 1.0])
    func `Both tails of a count cover everything once`(trials: Int, rate: Double) {
        let distribution = BinomialDistribution(trialCount: trials, rate: rate)
        for count in 0...trials {
            let sum = distribution.lowerTail(through: count) + distribution.upperTail(from: count + 1)
            #expect(abs(sum - 1) < 1e-12)
        }
    }

    @Test func `The greatest attainable tail below a bound is attained, and the next is above it`() {
        let distribution = BinomialDistribution(trialCount: 20, rate: 0.5)
        // Of 20, 15 or more have 0.0207, 16 or more 0.0059.
        #expect(distribution.greatestUpperTail(notAbove: 0.01) == distribution.upperTail(from: 16))
        #expect(distribution.greatestUpperTail(notAbove: 0.021) == distribution.upperTail(from: 15))
        #expect(BinomialDistribution(trialCount: 6, rate: 0.5).greatestUpperTail(notAbove: 0.01) == 0)
        let seven = BinomialDistribution(trialCount: 7, rate: 0.5)
        #expect(abs(seven.greatestUpperTail(notAbove: 0.01) * 128 - 1) < 1e-12)
    }

    /// SciPy's values.
    @Test(arguments: [
        (0.025, 1.9599639845400545), (0.005, 2.575829303548901), (0.00076, 3.1708377805261336), (0.5, 0),
        (0.9, -1.2815515655446004),
    ])
    func `Quantiles of the normal distribution are as others compute them`(share: Double, quantile: Double) {
        #expect(abs(NormalDistribution.quantile(exceededBy: share) - quantile) < 1e-9)
    }
}
