extension ReplayEvidence {
    /// Judges the new build by what was added so far.
    ///
    /// <doc:Verdicts> explains the statistics.
    ///
    /// - Parameter options: What is allowed. A value outside of its range traps.
    /// - Returns: The verdict and all that it rests on.
    /// - Complexity: O(*n* · `resampleCount`) for *n* exchanges with times, but about 10^8 steps at most for each kind of
    ///   time unless *n* is above 200,000; O(*n*) memory.
    public func verdict(options: VerdictOptions = VerdictOptions()) -> ReplayVerdict {
        options.check()
        let paths = pathFindings(options: options)
        let gates =
            [differencesGate(paths: paths, options: options), errorsGate(options: options)]
            + latencyGates(options: options)
        return ReplayVerdict(
            verdict: Verdict(gates.map(\.outcome)),
            gates: gates,
            paths: paths,
            exchangeCount: exchangeCount,
            leftOutCount: leftOutCount,
            options: options
        )
    }
}
