/// What a replay, or a comparison of two, came to.
public struct ReplayReport: Sendable {
    /// What the candidate's answers were compared with.
    public enum Reference: Sendable, Hashable {
        /// The recorded responses.
        case recording(store: String)
        /// A build that was sent the same requests, twice.
        case baseline(address: String)
        /// An earlier run.
        case run(id: Int64, target: String)
    }

    /// An exchange in which a member differs.
    public struct Example: Sendable, Hashable {
        /// The exchange's id in the store.
        public let exchangeID: Int64
        /// Its protocol tag.
        public let `protocol`: String
        /// Where in the body the difference is; nil for what is not in it, such as the status.
        public let pointer: String?
        /// What stood in the reference, shortened; nil where there was nothing.
        public let expected: String?
        /// What the candidate answered, likewise.
        public let actual: String?
    }

    /// A member path that differs in some exchanges.
    public struct DifferenceGroup: Sendable, Hashable {
        /// What was found at the path.
        public let finding: PathFinding
        /// In how many exchanges of each protocol it differs.
        public let counts: [String: Int]
        /// The first exchanges in which it does.
        public let examples: [Example]
    }

    /// What concerns the exchanges of one protocol.
    public struct ProtocolSummary: Sendable {
        /// The tag.
        public let `protocol`: String
        /// How many exchanges were sent.
        public internal(set) var exchangeCount = 0
        /// In how many of them something differs.
        public internal(set) var differingCount = 0
        /// In how many of them the candidate failed or answered with a status of 400 or more.
        public internal(set) var errorCount = 0
        /// The candidate's latencies.
        public internal(set) var candidate = LatencyDistribution()
        /// The reference's.
        public internal(set) var reference = LatencyDistribution()
    }

    /// The run that is judged.
    public let run: Run
    /// What it was compared with.
    public let reference: Reference
    /// The verdict and all that it rests on.
    public let verdict: ReplayVerdict
    /// What became of the exchanges by protocol, in order of the tags.
    public let protocols: [ProtocolSummary]
    /// All of them together.
    public let total: ProtocolSummary
    /// The candidate's latencies from when each request was due, which a slow target cannot hide.
    public let latencyFromDue: LatencyDistribution
    /// How late requests were sent.
    public let lag: LatencyDistribution
    /// How late requests were sent in the course of the run.
    public let lagSeries: LagSeries
    /// What went wrong at the candidate, by name: `status 500`, `refused`, and so on; with how often.
    public let errors: [(name: String, count: Int)]
    /// What differs, in the order of the verdict's paths.
    public let differences: [DifferenceGroup]
    /// What is to be said about the rules of comparison, for people.
    public let ruleFindings: [String]
}
