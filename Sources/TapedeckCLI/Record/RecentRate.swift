#if HTTP
/// How fast something grows, as of late: since it was last asked for.
struct RecentRate {
    private var latest = (count: 0, elapsed: Duration.zero)

    /// Takes note of how far it is.
    ///
    /// - Parameters:
    ///   - count: what there is by now.
    ///   - elapsed: since the beginning.
    /// - Returns: how many came in a second.
    mutating func update(count: Int, elapsed: Duration) -> Double {
        let seconds = max((elapsed - latest.elapsed) / .seconds(1), 0.001)
        defer { latest = (count, elapsed) }
        return Double(count - latest.count) / seconds
    }
}
#endif
