/// How many times as long as the baseline a build takes, and the interval that holds it.
struct LatencyRatio: Hashable {
    /// What was measured, above 0.
    let estimate: Double
    /// Where the true ratio lies, with the confidence of all gates together.
    let interval: ClosedRange<Double>
    /// What the true ratio is not above, with a confidence of 97.5 % for this one alone.
    let plausibleMaximum: Double
}
