extension ReplayEvidence {
    /// Whether the new build fails where the reference did not.
    ///
    /// With a baseline it is McNemar's test, as for the member paths: the failures of the new build alone against those of the
    /// baseline's second answer alone, among exchanges in which the baseline's first answer is none.
    func errorsGate(options: VerdictOptions) -> Gate {
        let rate = options.maximumErrorRate
        let pValue = test(of: failures, allowing: rate).pValue
        let required = requiredCount(allowing: rate, options: options)
        let outcome = outcome(of: failures, pValue: pValue, allowing: rate, options: options)
        let isTooFew = failures.exchangeCount < required
        return Gate(
            name: "errors",
            protocol: nil,
            measured: failures.exchangeCount == 0 ? nil : measured(failures),
            interval: interval(of: failures),
            limit: rate,
            outcome: outcome,
            exchangeCount: failures.exchangeCount,
            requiredCount: isTooFew && outcome == .inconclusive ? required : nil,
            sentence: VerdictSentences.errors(
                failures,
                pValue: pValue,
                limit: rate,
                outcome: outcome,
                reference: reference
            )
        )
    }
}
