/// How many times as long as the baseline a build takes, and the interval that holds it.
struct LatencyRatio: Hashable {
    /// What was measured, above 0.
    let estimate: Double
    /// Where the true ratio lies.
    let interval: ClosedRange<Double>
}
