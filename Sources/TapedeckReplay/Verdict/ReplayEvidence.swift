/// What the exchanges of a replay add up to, of which a verdict is made.
///
/// It keeps counts for each member path and a few numbers for each exchange, 30 bytes at most, and no payloads.
///
/// ```swift
/// var evidence = ReplayEvidence(reference: .baseline)
/// for outcome in outcomes { evidence.add(outcome) }
/// print(evidence.verdict().verdict)
/// ```
public struct ReplayEvidence: Sendable {
    /// What the new build's answers were compared with.
    public enum Reference: String, Sendable, Hashable, Codable {
        /// The answers of a build that is known to be good, which was asked twice.
        case baseline
        /// The recorded responses.
        case recording
    }

    /// The name under which member paths are counted from the 10,001st on, which only bodies with names that are never
    /// the same lead to.
    public static let otherPaths = "other members"
    private static let maximumPathCount = 10_000
    private static let maximumProtocolCount = Int(UInt16.max)

    /// What the new build's answers were compared with.
    public let reference: Reference
    /// Whether the reference was measured under a load like that of the new build.
    public let isOfLikeLoad: Bool
    /// The exchanges that were added.
    public private(set) var exchangeCount = 0
    /// Those that could not be compared, as they have no response, or the baseline did not answer twice.
    public private(set) var leftOutCount = 0

    private(set) var paths: [String: DifferenceCounts] = [:]
    private(set) var failures = DifferenceCounts()
    private(set) var latency = TimingColumns()
    private(set) var firstEvent = TimingColumns()
    private(set) var eventGap = TimingColumns()
    private(set) var protocolNumbers: [String: UInt16] = [:]

    /// Evidence of no exchanges.
    ///
    /// - Parameters:
    ///   - reference: What the new build's answers were compared with.
    ///   - isOfLikeLoad: Whether it was measured under a load like that of the new build.
    public init(reference: Reference, isOfLikeLoad: Bool = true) {
        self.reference = reference
        self.isOfLikeLoad = isOfLikeLoad
    }

    /// The exchanges that were compared.
    public var comparedCount: Int { exchangeCount - leftOutCount }

    /// Adds an exchange.
    ///
    /// - Parameter outcome: What came out when it was replayed. It is left out of the comparison, and counted, when it has no
    ///   reference, or when the reference is a baseline that has no second answer.
    /// - Complexity: O(*d*) for *d* paths that differ.
    public mutating func add(_ outcome: ExchangeOutcome) {
        exchangeCount += 1
        addComparison(outcome)
        addFailures(outcome)
        if !outcome.isAnyFailed { addTimes(outcome) }
    }

    private mutating func addComparison(_ outcome: ExchangeOutcome) {
        let isCompared = reference == .recording || outcome.noiseDifferences != nil
        guard let differences = outcome.differences, isCompared else {
            leftOutCount += 1
            return
        }
        let noise = reference == .baseline ? outcome.noiseDifferences ?? [] : []
        // Two names of one exchange that share a room count once.
        let target = rooms(for: differences)
        let baseline = rooms(for: noise)
        for path in target.union(baseline) {
            paths[path, default: DifferenceCounts()]
                .add(target: target.contains(path), noise: baseline.contains(path))
        }
    }

    /// The names under which paths are counted.
    private mutating func rooms(for names: Set<String>) -> Set<String> {
        var rooms: Set<String> = []
        for name in names {
            let isKnown = paths[name] != nil || paths.count < Self.maximumPathCount
            let room = isKnown ? name : Self.otherPaths
            if paths[room] == nil { paths[room] = DifferenceCounts() }
            rooms.insert(room)
        }
        return rooms
    }

    /// Where the reference itself failed, a failure of the others is nothing new; where there is none, nobody knows.
    private mutating func addFailures(_ outcome: ExchangeOutcome) {
        if outcome.differences == nil || outcome.isBaselineFailed
            || (reference == .baseline && outcome.noiseDifferences == nil)
        {
            return
        }
        failures.exchangeCount += 1
        failures.add(
            target: outcome.isTargetFailed,
            noise: reference == .baseline && outcome.isBaselineAgainFailed
        )
    }

    private mutating func addTimes(_ outcome: ExchangeOutcome) {
        guard let number = number(of: outcome.protocol) else { return }
        if let timing = outcome.latency { latency.append(timing, protocol: number) }
        if let timing = outcome.firstEvent { firstEvent.append(timing, protocol: number) }
        if let timing = outcome.eventGap { eventGap.append(timing, protocol: number) }
    }

    private mutating func number(of protocol: String) -> UInt16? {
        if let number = protocolNumbers[`protocol`] { return number }
        guard protocolNumbers.count < Self.maximumProtocolCount else { return nil }
        let number = UInt16(protocolNumbers.count)
        protocolNumbers[`protocol`] = number
        return number
    }
}
