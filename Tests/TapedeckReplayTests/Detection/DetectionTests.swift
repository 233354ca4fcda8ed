import TapedeckReplay
import Testing

/// The statistics alone, on simulated outcomes.
@Suite struct DetectionTests {
    private static let seeds: ClosedRange<UInt64> = 1...20

    private static func verdict(_ replay: SimulatedReplay, seed: UInt64) -> ReplayVerdict {
        var options = VerdictOptions()
        options.resampleCount = 400
        options.seed = seed
        return replay.evidence(seed: seed).verdict(options: options)
    }

    @Test(arguments: seeds)
    func `The unchanged build passes`(seed: UInt64) {
        let verdict = Self.verdict(SimulatedReplay(), seed: seed)
        let open = verdict.gates.filter { $0.outcome == .regression || $0.outcome == .inconclusive }
        #expect(verdict.verdict == .pass, "\(open.map(\.sentence))")
    }

    @Test(arguments: [0.3, 1.0])
    func `Noise alone is never called a regression`(noise: Double) {
        for seed in Self.seeds {
            let replay = SimulatedReplay(latencyNoise: noise, rewordedShare: noise, varyingShare: noise / 10)
            let verdict = Self.verdict(replay, seed: seed)
            let regressions = verdict.gates.filter { $0.outcome == .regression }
            #expect(regressions.isEmpty, "seed \(seed): \(regressions.map(\.sentence))")
        }
    }

    @Test(arguments: Fault.allCases)
    func `A fault is found by its own name, for every seed`(fault: Fault) {
        for seed in Self.seeds {
            let verdict = Self.verdict(SimulatedReplay(fault: fault), seed: seed)
            let gate = verdict.gates.first { $0.name == fault.gate }
            #expect(fault.isFound(in: verdict), "seed \(seed): \(gate?.sentence ?? "no gate \(fault.gate)")")
        }
    }
}
