/// Adds up the answers of a run.
struct ReportDraft {
    private let comparison: ResponseComparison
    private var evidence: ReplayEvidence
    private var usage: RuleUsage
    private var protocols: [String: ReplayReport.ProtocolSummary] = [:]
    private var total = ReplayReport.ProtocolSummary(protocol: "all")
    private var latencyFromDue = LatencyDistribution()
    private var lag = LatencyDistribution()
    private var lagSeries = LagSeries()
    private var errors: [String: Int] = [:]
    private var collector = DifferenceCollector()

    init(_ comparison: ResponseComparison, reference: ReplayEvidence.Reference, isOfLikeLoad: Bool) {
        self.comparison = comparison
        usage = comparison.unusedRules
        evidence = ReplayEvidence(reference: reference, isOfLikeLoad: isOfLikeLoad)
    }

    /// Adds the answers to one request.
    mutating func add(_ candidate: ReplayResult, reference: TimedResponse?, again: TimedResponse?) {
        let tag = candidate.protocol
        var outcome = ExchangeOutcome(protocol: tag, differences: nil)
        var isDiffering = false
        if let reference {
            let compared = comparison.compare(
                protocol: tag,
                expected: reference.response,
                actual: candidate.response
            )
            usage.merge(compared.usage)
            outcome.differences = Set(compared.differences.map(\.member))
            outcome.isBaselineFailed = reference.response.isError
            collector.add(compared.differences, exchangeID: candidate.exchangeID, protocol: tag)
            isDiffering = !compared.differences.isEmpty
        }
        if let reference, let again {
            let noise = comparison.compare(
                protocol: tag,
                expected: reference.response,
                actual: again.response
            )
            outcome.noiseDifferences = Set(noise.differences.map(\.member))
            outcome.isBaselineAgainFailed = again.response.isError
        }
        outcome.isTargetFailed = candidate.response.isError
        addTimes(TimedResponse(candidate), reference, to: &outcome)
        evidence.add(outcome)
        count(candidate, reference, isDiffering: isDiffering)
    }

    private func addTimes(
        _ candidate: TimedResponse,
        _ reference: TimedResponse?,
        to outcome: inout ExchangeOutcome
    ) {
        func pair(_ time: (TimedResponse) -> UInt64?) -> PairedTiming? {
            guard let reference, let target = time(candidate), let baseline = time(reference) else {
                return nil
            }
            // The second answer of the baseline may come from a cache that the first filled, and so tells no time.
            return PairedTiming(targetNanoseconds: target, baselineNanoseconds: baseline)
        }
        outcome.latency = pair(\.latencyNanoseconds)
        outcome.firstEvent = pair(\.firstEventNanoseconds)
        outcome.eventGap = pair(\.eventGapNanoseconds)
    }

    private mutating func count(_ candidate: ReplayResult, _ reference: TimedResponse?, isDiffering: Bool) {
        let response = candidate.response
        func note(_ summary: inout ReplayReport.ProtocolSummary) {
            summary.exchangeCount += 1
            if isDiffering { summary.differingCount += 1 }
            if response.isError { summary.errorCount += 1 }
            // Both columns are of the same exchanges, those that are judged: failing is quick.
            guard let reference, !response.isError, !reference.response.isError,
                let latency = reference.latencyNanoseconds
            else { return }
            summary.candidate.add(candidate.latencyNanoseconds)
            summary.reference.add(latency)
        }
        note(&total)
        note(
            &protocols[
                candidate.protocol,
                default: ReplayReport.ProtocolSummary(protocol: candidate.protocol)
            ]
        )
        if let failure = response.failure {
            errors[failure.rawValue.replacing("_", with: " "), default: 0] += 1
        } else if response.isError, let status = response.status {
            errors["status \(status)", default: 0] += 1
        }
        if !response.isError { latencyFromDue.add(candidate.latencyFromDueNanoseconds) }
        lag.add(candidate.lagNanoseconds)
        lagSeries.add(lagNanoseconds: candidate.lagNanoseconds, dueNanoseconds: candidate.dueNanoseconds)
    }

    /// The report of all that was added.
    func report(
        of run: Run,
        by reference: ReplayReport.Reference,
        options: VerdictOptions
    ) -> ReplayReport {
        let verdict = evidence.verdict(options: options)
        return ReplayReport(
            run: run,
            reference: reference,
            verdict: verdict,
            protocols: protocols.values.sorted { $0.protocol < $1.protocol },
            total: total,
            latencyFromDue: latencyFromDue,
            lag: lag,
            lagSeries: lagSeries,
            errors: errors.map { (name: $0.key, count: $0.value) }.sorted {
                ($1.count, $0.name) < ($0.count, $1.name)
            },
            differences: collector.groups(verdict.paths),
            ruleFindings: usage.findings.map(\.description)
        )
    }
}
