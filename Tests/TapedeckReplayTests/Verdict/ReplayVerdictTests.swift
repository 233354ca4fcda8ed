import TapedeckReplay
import Testing

@Suite struct ReplayVerdictTests {
    private static let path = "/choices/*/finish_reason"

    private static func timing(_ target: UInt64, _ baseline: UInt64) -> PairedTiming {
        PairedTiming(
            targetNanoseconds: target,
            baselineNanoseconds: baseline
        )
    }

    /// Exchanges of which the first `differing` differ at the path, and the first `failing` fail.
    private static func evidence(
        _ reference: ReplayEvidence.Reference = .baseline,
        count: Int,
        differing: Int = 0,
        noise: Int = 0,
        failing: Int = 0,
        slowness: UInt64 = 1
    ) -> ReplayEvidence {
        var evidence = ReplayEvidence(reference: reference)
        for index in 0..<count {
            var outcome = ExchangeOutcome(
                protocol: "p",
                differences: index < differing ? [path] : [],
                // From the other end, so that they are other exchanges.
                noiseDifferences: reference == .baseline ? (count - index <= noise ? [path] : []) : nil
            )
            outcome.isTargetFailed = index < failing
            outcome.latency = timing(1_000_000 * slowness, 1_000_000)
            evidence.add(outcome)
        }
        return evidence
    }

    private static func verdict(
        _ evidence: ReplayEvidence,
        _ change: (inout VerdictOptions) -> Void = { _ in }
    ) -> ReplayVerdict {
        var options = VerdictOptions()
        options.resampleCount = 100
        change(&options)
        return evidence.verdict(options: options)
    }

    private static func gate(_ name: String, of verdict: ReplayVerdict) throws -> Gate {
        try #require(verdict.gates.first { $0.name == name })
    }

    @Test func `Equal builds pass`() throws {
        let verdict = Self.verdict(Self.evidence(count: 1000))
        #expect(verdict.verdict == .pass && verdict.paths.isEmpty)
        #expect(
            verdict.gates.map(\.name) == [
                "differences", "errors", "latency p50", "latency p90", "latency p99",
            ]
        )
        #expect(verdict.gates.allSatisfy { $0.outcome == .pass && $0.requiredCount == nil })
        let gate = try Self.gate("latency p99", of: verdict)
        #expect(gate.measured == 1 && gate.interval == 1...1)
    }

    @Test func `A time that nobody notices is no slower than another`() throws {
        var evidence = ReplayEvidence(reference: .recording)
        for _ in 0..<1000 {
            var outcome = ExchangeOutcome(protocol: "p", differences: [])
            outcome.latency = Self.timing(900_000, 90_000)
            evidence.add(outcome)
        }
        #expect(try Self.gate("latency p50", of: Self.verdict(evidence)).measured == 1)
        let sharp = Self.verdict(evidence) { $0.latencyFloorNanoseconds = 1000 }
        let gate = try Self.gate("latency p50", of: sharp)
        #expect(gate.outcome == .regression && gate.measured.map { abs($0 - 10) < 0.01 } == true)
    }

    @Test(arguments: [ReplayEvidence.Reference.baseline, .recording])
    func `Of no exchange nothing is concluded`(reference: ReplayEvidence.Reference) throws {
        let verdict = Self.verdict(ReplayEvidence(reference: reference))
        #expect(verdict.verdict == .inconclusive)
        #expect(verdict.gates.allSatisfy { $0.measured == nil && $0.exchangeCount == 0 })
        #expect(try Self.gate("latency p50", of: verdict).outcome == .notJudged)
    }

    @Test(arguments: [ReplayEvidence.Reference.baseline, .recording])
    func `Of one exchange nothing is concluded`(reference: ReplayEvidence.Reference) throws {
        let verdict = Self.verdict(Self.evidence(reference, count: 1))
        #expect(verdict.verdict == .inconclusive)
        let median = try Self.gate("latency p50", of: verdict)
        #expect(median.outcome == .inconclusive && median.requiredCount == 40)
        let tail = try Self.gate("latency p99", of: verdict)
        #expect(tail.outcome == .notJudged && tail.requiredCount == 1000)
    }

    @Test func `A failure where nothing was recorded is left out, as nobody knows what would be right`()
        throws
    {
        var evidence = Self.evidence(.recording, count: 150)
        for _ in 0..<20 {
            var open = ExchangeOutcome(protocol: "openai.chat", differences: nil)
            open.isTargetFailed = true
            evidence.add(open)
        }
        let verdict = Self.verdict(evidence)
        #expect(verdict.verdict == .pass && verdict.leftOutCount == 20)
        #expect(try Self.gate("errors", of: verdict).exchangeCount == 150)
    }

    @Test func `The tail of a short run is not judged, and says how many exchanges it takes`() throws {
        let verdict = Self.verdict(Self.evidence(.baseline, count: 150))
        #expect(verdict.verdict == .pass)
        #expect(try Self.gate("latency p90", of: verdict).outcome == .pass)
        let tail = try Self.gate("latency p99", of: verdict)
        #expect(tail.outcome == .notJudged && tail.requiredCount == 1000)
    }

    @Test func `Seven differences of an otherwise constant member are a regression, six are none`() throws {
        let found = Self.verdict(Self.evidence(count: 1000, differing: 7))
        #expect(found.verdict == .regression)
        let finding = try #require(found.paths.first)
        #expect(finding.path == Self.path && finding.outcome == .regression)
        #expect(finding.counts.targetOnlyCount == 7 && finding.counts.exchangeCount == 1000)
        #expect(abs(finding.adjustedPValue * 128 - 1) < 1e-9)
        #expect(
            finding.sentence
                == "/choices/*/finish_reason differs in 7 of 1,000 exchanges, and the baseline differs from itself "
                + "in 0; p is 0.0078, corrected for the number of paths."
        )
        #expect(try Self.gate("differences", of: found).outcome == .regression)
        #expect(Self.verdict(Self.evidence(count: 1000, differing: 6)).verdict == .pass)
    }

    @Test func `What differs as often by itself is no regression`() {
        let verdict = Self.verdict(Self.evidence(count: 1000, differing: 60, noise: 50))
        #expect(verdict.verdict == .pass)
        #expect(Self.verdict(Self.evidence(count: 1000, differing: 90, noise: 50)).verdict == .regression)
    }

    @Test func `An excess below the rate that is allowed is none`() {
        let evidence = Self.evidence(count: 1000, differing: 15)
        #expect(Self.verdict(evidence) { $0.maximumMismatchRate = 0.02 }.verdict == .pass)
        // More than allowed, but perhaps by chance.
        #expect(Self.verdict(evidence) { $0.maximumMismatchRate = 0.01 }.verdict == .inconclusive)
        let clear = Self.evidence(count: 1000, differing: 28)
        #expect(Self.verdict(clear) { $0.maximumMismatchRate = 0.01 }.verdict == .regression)
    }

    /// 200 builds whose true excess is just what is allowed: a test at 1 % calls some two of them a regression at most.
    @Test func `A build that does what is allowed and no more is hardly ever a regression`() {
        var generator = SplitMix64(seed: 5)
        let regressionCount = (0..<200).count { _ in
            var evidence = ReplayEvidence(reference: .baseline)
            for _ in 0..<1000 {
                let isTarget = Double.random(in: 0..<1, using: &generator) < 0.03
                let isNoise = Double.random(in: 0..<1, using: &generator) < 0.02
                evidence.add(
                    ExchangeOutcome(
                        protocol: "p",
                        differences: isTarget ? [Self.path] : [],
                        noiseDifferences: isNoise ? [Self.path] : []
                    )
                )
            }
            var options = VerdictOptions()
            options.maximumMismatchRate = 0.01
            return evidence.verdict(options: options).verdict == .regression
        }
        #expect(regressionCount <= 4, "\(regressionCount)")
    }

    @Test func `Against a recording, one difference is too much unless a rate is allowed`() throws {
        let evidence = Self.evidence(.recording, count: 1000, differing: 1)
        #expect(Self.verdict(evidence).verdict == .regression)
        #expect(Self.verdict(evidence) { $0.maximumMismatchRate = 0.01 }.verdict == .pass)
        #expect(Self.verdict(Self.evidence(.recording, count: 1000)).verdict == .pass)
        // More than allowed, but perhaps by chance.
        let unclear = Self.evidence(.recording, count: 1000, differing: 12)
        #expect(Self.verdict(unclear) { $0.maximumMismatchRate = 0.01 }.verdict == .inconclusive)
        let clear = Self.evidence(.recording, count: 1000, differing: 25)
        #expect(Self.verdict(clear) { $0.maximumMismatchRate = 0.01 }.verdict == .regression)
    }

    @Test func `Exchanges without a reference are left out and counted`() {
        var evidence = Self.evidence(count: 1000)
        evidence.add(ExchangeOutcome(protocol: "p", differences: nil))
        evidence.add(ExchangeOutcome(protocol: "p", differences: [Self.path]))
        let verdict = Self.verdict(evidence)
        #expect(verdict.exchangeCount == 1002 && verdict.leftOutCount == 2 && verdict.verdict == .pass)
        #expect(verdict.gates.first?.exchangeCount == 1000)
    }

    @Test func `New failures are a regression, old ones are none`() throws {
        let verdict = Self.verdict(Self.evidence(count: 1000, failing: 7))
        let gate = try Self.gate("errors", of: verdict)
        #expect(verdict.verdict == .regression && gate.outcome == .regression && gate.measured == 0.007)
        // Failures are quick; their times are not compared.
        #expect(try Self.gate("latency p50", of: verdict).exchangeCount == 993)

        var evidence = Self.evidence(count: 1000)
        for _ in 0..<100 {
            var outcome = ExchangeOutcome(protocol: "p", differences: [], noiseDifferences: [])
            outcome.isTargetFailed = true
            outcome.isBaselineFailed = true
            outcome.isBaselineAgainFailed = true
            evidence.add(outcome)
        }
        #expect(Self.verdict(evidence).verdict == .pass)
    }

    @Test func `Failures up to the rate that is allowed pass`() {
        let evidence = Self.evidence(.recording, count: 1010, failing: 3)
        #expect(Self.verdict(evidence).verdict == .regression)
        #expect(Self.verdict(evidence) { $0.maximumErrorRate = 0.005 }.verdict == .pass)
    }

    @Test func `A slow build is a regression, unless that is allowed`() throws {
        let verdict = Self.verdict(Self.evidence(count: 1000, slowness: 2))
        let gate = try Self.gate("latency p99", of: verdict)
        #expect(verdict.verdict == .regression && gate.outcome == .regression)
        #expect(
            gate.sentence == "p99 latency is 2.00 times the baseline's (2.00 to 2.00); at most 1.05 may be."
        )
        let allowed = Self.verdict(Self.evidence(count: 1000, slowness: 2)) {
            $0.maximumLatencyRatio = 2.5
            $0.hidingLatencyRatio = 3
        }
        #expect(allowed.verdict == .pass)
    }

    @Test func `A protocol with few exchanges is not judged, and says how many it takes`() throws {
        var evidence = Self.evidence(count: 1000)
        for _ in 0..<5 {
            var outcome = ExchangeOutcome(protocol: "rare", differences: [], noiseDifferences: [])
            outcome.latency = Self.timing(9_000_000, 1_000_000)
            evidence.add(outcome)
        }
        let verdict = Self.verdict(evidence)
        let gate = try Self.gate("latency p50 of rare", of: verdict)
        #expect(gate.outcome == .notJudged && gate.requiredCount == 40 && gate.protocol == "rare")
        #expect(try Self.gate("latency p50 of p", of: verdict).outcome == .pass)
        #expect(verdict.verdict == .pass)
    }

    @Test func `Streams have gates of their own`() throws {
        var evidence = Self.evidence(count: 900)
        for _ in 0..<100 {
            var outcome = ExchangeOutcome(protocol: "p", differences: [], noiseDifferences: [])
            outcome.latency = Self.timing(1_000_000, 1_000_000)
            outcome.firstEvent = Self.timing(4_000_000, 2_000_000)
            outcome.eventGap = Self.timing(10_000, 10_000)
            evidence.add(outcome)
        }
        let verdict = Self.verdict(evidence)
        #expect(verdict.verdict == .regression)
        #expect(try Self.gate("time to first event p50", of: verdict).outcome == .regression)
        #expect(try Self.gate("time to first event p99", of: verdict).outcome == .notJudged)
        #expect(try Self.gate("gap between events p90", of: verdict).outcome == .pass)
    }

    @Test func `The same evidence and seed give the same verdict`() {
        let evidence = SimulatedReplay(exchangeCount: 300).evidence(seed: 5)
        #expect(Self.verdict(evidence) == Self.verdict(evidence))
        #expect(Self.verdict(evidence).gates != Self.verdict(evidence) { $0.seed = 2 }.gates)
    }

    @Test func `Names without end share one room`() throws {
        var evidence = ReplayEvidence(reference: .baseline)
        for index in 0..<10_100 {
            evidence.add(ExchangeOutcome(protocol: "p", differences: ["/\(index)"], noiseDifferences: []))
        }
        let verdict = Self.verdict(evidence)
        #expect(verdict.paths.count == 10_001)
        let other = try #require(verdict.paths.first)
        #expect(other.path == ReplayEvidence.otherPaths && other.counts.targetCount == 100)
        #expect(other.outcome == .regression)
    }
}
