/// In how many exchanges something differs, or fails, at the new build and at the baseline's second answer.
public struct DifferenceCounts: Sendable, Hashable {
    /// The exchanges that were compared.
    public internal(set) var exchangeCount = 0
    /// Those in which the new build differs from the reference.
    public internal(set) var targetCount = 0
    /// Those in which the baseline's second answer does.
    public internal(set) var noiseCount = 0
    /// Those in which only the new build does.
    public internal(set) var targetOnlyCount = 0
    /// Those in which only the baseline's second answer does.
    public internal(set) var noiseOnlyCount = 0

    mutating func add(target: Bool, noise: Bool) {
        targetCount += target ? 1 : 0
        noiseCount += noise ? 1 : 0
        targetOnlyCount += target && !noise ? 1 : 0
        noiseOnlyCount += noise && !target ? 1 : 0
    }

    /// The share of exchanges in which the new build differs, less the share in which the baseline does.
    public var excessShare: Double {
        exchangeCount == 0 ? 0 : Double(targetOnlyCount - noiseOnlyCount) / Double(exchangeCount)
    }
}
