#if canImport(Glibc)
private import Glibc
#elseif canImport(Musl)
private import Musl
#elseif canImport(Darwin)
private import Darwin
#endif

extension ReplayEvidence {
    /// The gates of all latencies: of all exchanges, of streams, and of each protocol if there are several.
    ///
    /// All intervals together hold the true ratios with the given confidence, so that each is wider: its share of errors is
    /// divided by the number of gates (Bonferroni). Whether a slowdown may hide is asked of each gate by itself: a pass needs
    /// all of them, so that what makes a false one unlikely at one gate makes it unlikely altogether. Berger, "Multiparameter
    /// hypothesis testing and acceptance sampling", Technometrics 24 (1982).
    func latencyGates(options: VerdictOptions) -> [Gate] {
        guard isOfLikeLoad || options.judgesLatencyUnderAnyLoad else { return [unlikeLoadGate(options)] }
        let series = latencySeries(floor: options.latencyFloorNanoseconds)
        let gateCount = series.reduce(0) { $0 + $1.judgedQuantiles.count }
        let confidence = 1 - (1 - options.confidence) / Double(max(1, gateCount))
        var generator = SplitMix64(seed: options.seed)
        return series.flatMap { series -> [Gate] in
            let judged = series.judgedQuantiles
            var ratios: [LatencyRatio] = []
            if !judged.isEmpty {
                ratios = LatencyRatioEstimator(series.latencies, quantiles: judged).ratios(
                    confidence: confidence,
                    resampleCount: options.resampleCount(for: series.latencies.count),
                    using: &generator
                )
            }
            return LatencyQuantile.allCases.map { quantile in
                let ratio = judged.firstIndex(of: quantile).map { ratios[$0] }
                return gate(of: series, at: quantile, ratio: ratio, options: options)
            }
        }
    }

    private func unlikeLoadGate(_ options: VerdictOptions) -> Gate {
        Gate(
            name: "latency",
            protocol: nil,
            measured: nil,
            interval: nil,
            limit: options.maximumLatencyRatio,
            outcome: .notJudged,
            exchangeCount: 0,
            requiredCount: nil,
            sentence: VerdictSentences.unlikeLoad
        )
    }

    private func latencySeries(floor: UInt64) -> [LatencySeries] {
        func raised(
            _ kind: LatencySeries.Kind,
            _ protocol: String?,
            _ latencies: PairedLatencies
        ) -> LatencySeries {
            LatencySeries(kind: kind, protocol: `protocol`, latencies: latencies.raised(to: floor))
        }
        var series = [raised(.latency, nil, latency.latencies)]
        for (kind, columns) in [(LatencySeries.Kind.firstEvent, firstEvent), (.eventGap, eventGap)]
        where columns.latencies.count > 0 {
            series.append(raised(kind, nil, columns.latencies))
        }
        guard protocolNumbers.count > 1 else { return series }
        for (name, number) in protocolNumbers.sorted(by: { $0.key < $1.key }) {
            series.append(raised(.latency, name, latency.latencies(of: number)))
        }
        return series
    }

    private func gate(
        of series: LatencySeries,
        at quantile: LatencyQuantile,
        ratio: LatencyRatio?,
        options: VerdictOptions
    ) -> Gate {
        let (outcome, required) = judge(ratio, of: series, at: quantile, options: options)
        return Gate(
            name: series.name(at: quantile),
            protocol: series.protocol,
            measured: ratio?.estimate,
            interval: ratio?.interval,
            limit: options.maximumLatencyRatio,
            outcome: outcome,
            exchangeCount: series.latencies.count,
            requiredCount: required,
            sentence: VerdictSentences.latency(
                of: series,
                at: quantile,
                ratio: ratio,
                outcome: outcome,
                requiredCount: required,
                options: options,
                reference: reference
            )
        )
    }

    /// The outcome, and about how many exchanges it would take where they are too few.
    private func judge(
        _ ratio: LatencyRatio?,
        of series: LatencySeries,
        at quantile: LatencyQuantile,
        options: VerdictOptions
    ) -> (Gate.Outcome, Int?) {
        let count = series.latencies.count
        // A run without any pair of latencies was not meant to compare them.
        if count == 0 { return (.notJudged, quantile.minimumCount) }
        let unknown: Gate.Outcome = series.isDecisive ? .inconclusive : .notJudged
        guard let ratio else {
            // The tail of a short run is not known, and said to be so; of its median something must be.
            let isDecisive = series.kind == .latency && quantile == .p50
            return (isDecisive ? unknown : .notJudged, quantile.minimumCount)
        }
        if ratio.interval.lowerBound > options.maximumLatencyRatio { return (.regression, nil) }
        if ratio.plausibleMaximum <= options.hidingLatencyRatio { return (.pass, nil) }
        // The width falls with the root of the count; half of what must not hide leaves as much for the estimate.
        let reach = log(ratio.plausibleMaximum / ratio.estimate) / (log(options.hidingLatencyRatio) / 2)
        let required = (Double(count) * reach * reach).rounded(.up)
        return (unknown, max(2 * count, Int(min(required, 1e15))))
    }
}
