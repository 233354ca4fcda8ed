import TapedeckReplay

/// Outcomes of a replay against a baseline that was asked twice, drawn from a seed: of an unchanged build, or one with a fault.
struct SimulatedReplay {
    var exchangeCount = 2000
    /// The deviation of the logarithms of latencies, of each answer by itself: 0.05 for 5 %.
    var latencyNoise = 0.05
    /// The share of answers that are worded differently, of each answer by itself.
    var rewordedShare = 0.05
    /// The share of answers whose finish reason, and of those whose tool arguments, vary by themselves.
    var varyingShare = 0.005
    var fault: Fault?

    private static let text = "/choices/*/message/content"

    func evidence(seed: UInt64) -> ReplayEvidence {
        var generator = SplitMix64(seed: seed)
        let answers = AnswerTraits.traffic(count: exchangeCount, using: &generator)
        let struck = fault?.struck(among: answers, using: &generator) ?? []
        var evidence = ReplayEvidence(reference: .baseline)
        for (position, answer) in answers.enumerated() {
            let fault = struck.contains(position) ? fault : nil
            evidence.add(outcome(of: answer, fault: fault, using: &generator))
        }
        return evidence
    }

    /// One answer: what it says, as far as it varies.
    private struct Answer {
        var variants: [String: Int]
        var isFailed = false
    }

    private func outcome(
        of traits: AnswerTraits,
        fault: Fault?,
        using generator: inout SplitMix64
    ) -> ExchangeOutcome {
        let target = answer(of: traits, fault: fault, using: &generator)
        let baseline = answer(of: traits, fault: nil, using: &generator)
        let again = answer(of: traits, fault: nil, using: &generator)
        var outcome = ExchangeOutcome(
            protocol: traits.protocol,
            differences: Self.differences(target, baseline),
            noiseDifferences: Self.differences(again, baseline)
        )
        outcome.isTargetFailed = target.isFailed
        outcome.latency = timing(traits, fault: fault, scale: 1, using: &generator)
        if traits.isStream {
            outcome.firstEvent = timing(traits, fault: fault, scale: 0.2, using: &generator)
            outcome.eventGap = timing(traits, fault: fault, scale: 0.01, using: &generator)
        }
        return outcome
    }

    private func answer(
        of traits: AnswerTraits,
        fault: Fault?,
        using generator: inout SplitMix64
    ) -> Answer {
        func variant(_ share: Double) -> Int {
            Double.random(in: 0..<1, using: &generator) < share
                ? Int.random(in: 1...1_000_000, using: &generator) : 0
        }
        var variants = [Self.text: variant(rewordedShare)]
        if traits.hasFinishReason, let path = Fault.finishReasonChanged.path {
            variants[path] = variant(varyingShare) == 0 ? 0 : 1
        }
        if traits.hasToolArguments, let path = Fault.toolArgumentChanged.path {
            variants[path] = variant(varyingShare)
        }
        if fault == .errors { return Answer(variants: ["status": 500], isFailed: true) }
        if let path = fault?.path { variants[path] = -1 }
        return Answer(variants: variants)
    }

    private static func differences(_ one: Answer, _ other: Answer) -> Set<String> {
        if one.isFailed != other.isFailed { return ["status"] }
        let names = Set(one.variants.keys).union(other.variants.keys)
        return names.filter { one.variants[$0] != other.variants[$0] }
    }

    private func timing(
        _ traits: AnswerTraits,
        fault: Fault?,
        scale: Double,
        using generator: inout SplitMix64
    ) -> PairedTiming {
        let base = Double(traits.latencyNanoseconds) * scale
        func answer(_ factor: Double) -> UInt64 {
            UInt64(base * factor * LatencyNoise.factor(latencyNoise, using: &generator))
        }
        return PairedTiming(
            targetNanoseconds: answer(fault?.latencyFactor ?? 1),
            baselineNanoseconds: answer(1)
        )
    }
}
