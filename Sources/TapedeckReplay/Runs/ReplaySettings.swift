/// What decides which requests a run sends, and how. A run keeps it, so that it can be resumed.
///
/// It holds no header's value, as that may be a secret.
public struct ReplaySettings: Sendable, Hashable, Codable {
    /// The address of the build that is judged.
    public var target: String
    /// The address of the build that it is judged by; nil for the recorded responses.
    public var baseline: String?
    /// Which exchanges are sent.
    public var filter: StoredFilter
    /// The largest id of the store when the run began, beyond which none is sent; nil for none.
    package internal(set) var lastExchangeID: Int64?
    /// How fast they are sent.
    public var pace: Pace
    /// The longest pause between two requests at the original pace, in nanoseconds.
    public var maximumGapNanoseconds: UInt64
    /// How many times the store is replayed, 1 or more.
    public var loopCount: Int
    /// How many exchanges may be under way at once, 1 or more.
    public var concurrency: Int
    /// Own paths by protocol tag.
    public var paths: [String: String]
    /// Changes of every request: pointers and the JSON to put there.
    public var changes: [[String]]
    /// The names of headers that were sent beside the stored ones.
    public var headerNames: [String]

    /// Makes settings of a run at full speed over all exchanges.
    ///
    /// - Parameter target: the address of the build that is judged.
    public init(target: String) {
        self.target = target
        filter = StoredFilter()
        pace = .maximum
        maximumGapNanoseconds = .max
        loopCount = 1
        concurrency = 1
        paths = [:]
        changes = []
        headerNames = []
    }
}
