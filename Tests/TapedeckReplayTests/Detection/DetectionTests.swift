import TapedeckReplay
import Testing

/// The statistics alone, on simulated outcomes.
@Suite struct DetectionTests {
    private static let seeds: ClosedRange<UInt64> = 1...20

    /// Fewer resamples than by default, for the time that they take in an unoptimised build.
    private static func verdict(_ replay: SimulatedReplay, seed: UInt64, resampleCount: Int) -> ReplayVerdict
    {
        var options = VerdictOptions()
        options.resampleCount = resampleCount
        options.seed = seed
        return replay.evidence(seed: seed).verdict(options: options)
    }

    @Test(arguments: seeds)
    func `The unchanged build passes`(seed: UInt64) {
        let verdict = Self.verdict(SimulatedReplay(), seed: seed, resampleCount: 1000)
        let open = verdict.gates.filter { $0.outcome == .regression || $0.outcome == .inconclusive }
        #expect(verdict.verdict == .pass, "\(open.map(\.sentence))")
    }

    /// Joint confidence of 95 % leaves 2.5 % of unchanged builds that are called slower: of 20, one at most but for bad luck.
    @Test(arguments: [0.3, 1.0])
    func `Noise alone is hardly ever called a regression`(noise: Double) {
        var regressions: [String] = []
        for seed in Self.seeds {
            let replay = SimulatedReplay(latencyNoise: noise, rewordedShare: noise, varyingShare: noise / 10)
            let verdict = Self.verdict(replay, seed: seed, resampleCount: 400)
            regressions += verdict.gates.filter { $0.outcome == .regression }.map {
                "seed \(seed): \($0.sentence)"
            }
        }
        #expect(regressions.count <= 1, "\(regressions)")
    }

    @Test(arguments: Fault.allCases)
    func `A fault is found by its own name, for every seed`(fault: Fault) {
        let resampleCount = fault.latencyFactor > 1 ? 1000 : 100
        for seed in Self.seeds {
            let replay = SimulatedReplay(fault: fault)
            let verdict = Self.verdict(replay, seed: seed, resampleCount: resampleCount)
            let gate = verdict.gates.first { $0.name == fault.gate }
            #expect(fault.isFound(in: verdict), "seed \(seed): \(gate?.sentence ?? "no gate \(fault.gate)")")
        }
    }
}
