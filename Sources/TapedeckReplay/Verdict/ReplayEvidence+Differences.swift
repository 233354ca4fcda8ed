extension ReplayEvidence {
    /// What was found at each path, the most striking first.
    ///
    /// With a baseline A that answered again as B: if the new build is like the baseline, its answer and B are
    /// exchangeable given A, so that of the exchanges in which just one of the two differs from A, each is the one with
    /// probability 1/2. Without a baseline, the share of exchanges that differ is held against the rate that is allowed.
    func pathFindings(options: VerdictOptions) -> [PathFinding] {
        let counted = paths.sorted { $0.key < $1.key }.map { path, counts in
            var counts = counts
            counts.exchangeCount = comparedCount
            return (path: path, counts: counts)
        }
        let tests = counted.map { test(of: $0.counts, allowing: options.maximumMismatchRate) }
        let adjusted = StepDownCorrection.adjustedPValues(of: tests)
        return counted.indices.map { index in
            finding(
                counted[index].path,
                counts: counted[index].counts,
                pValue: tests[index].pValue,
                adjustedPValue: adjusted[index],
                options: options
            )
        }
        .sorted { ($0.adjustedPValue, $0.pValue, $0.path) < ($1.adjustedPValue, $1.pValue, $1.path) }
    }

    func differencesGate(paths: [PathFinding], options: VerdictOptions) -> Gate {
        let worst = paths.first
        let interval = worst?.interval ?? interval(of: emptyCounts)
        let required = requiredCount(allowing: options.maximumMismatchRate, options: options)
        let outcome: Gate.Outcome =
            paths.contains { $0.outcome == .regression }
            ? .regression
            : paths.contains { $0.outcome == .inconclusive } || comparedCount < required
                ? .inconclusive : .pass
        return Gate(
            name: "differences",
            protocol: nil,
            measured: comparedCount == 0 ? nil : worst.map { measured($0.counts) } ?? 0,
            interval: interval,
            limit: options.maximumMismatchRate,
            outcome: outcome,
            exchangeCount: comparedCount,
            requiredCount: comparedCount < required ? required : nil,
            sentence: sentence(of: paths, outcome: outcome, required: required)
        )
    }

    /// What a rate is held against: chance, or what is allowed.
    func test(of counts: DifferenceCounts, allowing rate: Double) -> ExactTest {
        switch reference {
        case .baseline:
            // What is allowed counts as if the baseline had differed in so many exchanges more.
            ExactTest(
                firstOnlyCount: counts.targetOnlyCount,
                secondOnlyCount: counts.noiseOnlyCount
                    + Int((rate * Double(counts.exchangeCount)).rounded(.up))
            )
        case .recording:
            ExactTest(count: counts.targetCount, of: counts.exchangeCount, rate: rate)
        }
    }

    func interval(of counts: DifferenceCounts) -> ClosedRange<Double> {
        switch reference {
        case .baseline:
            ShareInterval.pairedDifference(
                firstOnlyCount: counts.targetOnlyCount,
                secondOnlyCount: counts.noiseOnlyCount,
                of: counts.exchangeCount
            )
        case .recording:
            ShareInterval.exact(count: counts.targetCount, of: counts.exchangeCount)
        }
    }

    func measured(_ counts: DifferenceCounts) -> Double {
        switch reference {
        case .baseline: counts.excessShare
        case .recording:
            counts.exchangeCount == 0 ? 0 : Double(counts.targetCount) / Double(counts.exchangeCount)
        }
    }

    /// The outcome of a share that is held against what is allowed.
    func outcome(
        of counts: DifferenceCounts,
        pValue: Double,
        allowing rate: Double,
        options: VerdictOptions
    ) -> Gate.Outcome {
        let isAbove = measured(counts) > rate
        if isAbove, pValue <= options.significanceLevel { return .regression }
        if interval(of: counts).upperBound > rate + options.hidingShare { return .inconclusive }
        // A limit that was exceeded, perhaps by chance. Where it is 0, a baseline's noise does so half of the time.
        return isAbove && (reference == .recording || rate > 0) ? .inconclusive : .pass
    }

    /// The fewest exchanges of which, if nothing differs, no share that matters can hide.
    func requiredCount(allowing rate: Double, options: VerdictOptions) -> Int {
        var (low, high) = (1, 1 << 24)
        while low < high {
            let middle = (low + high) / 2
            var counts = DifferenceCounts()
            counts.exchangeCount = middle
            let isEnough = interval(of: counts).upperBound <= rate + options.hidingShare
            if isEnough { high = middle } else { low = middle + 1 }
        }
        return low
    }

    private var emptyCounts: DifferenceCounts {
        var counts = DifferenceCounts()
        counts.exchangeCount = comparedCount
        return counts
    }

    private func finding(
        _ path: String,
        counts: DifferenceCounts,
        pValue: Double,
        adjustedPValue: Double,
        options: VerdictOptions
    ) -> PathFinding {
        let rate = options.maximumMismatchRate
        let outcome = outcome(of: counts, pValue: adjustedPValue, allowing: rate, options: options)
        return PathFinding(
            path: path,
            counts: counts,
            pValue: pValue,
            adjustedPValue: adjustedPValue,
            interval: interval(of: counts),
            outcome: outcome,
            sentence: VerdictSentences.path(
                path,
                counts: counts,
                adjustedPValue: adjustedPValue,
                outcome: outcome,
                reference: reference
            )
        )
    }

    private func sentence(of paths: [PathFinding], outcome: Gate.Outcome, required: Int) -> String {
        if comparedCount < required, outcome != .regression {
            return VerdictSentences.tooFewCompared(comparedCount, required: required)
        }
        return VerdictSentences.differences(paths, reference: reference, comparedCount: comparedCount)
    }
}
