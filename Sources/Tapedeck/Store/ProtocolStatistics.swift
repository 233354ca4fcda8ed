/// What a filter lets through of one protocol, in numbers.
public struct ProtocolStatistics: Sendable, Hashable {
    /// The tag.
    public let `protocol`: String
    /// The number of exchanges, 1 or more.
    public internal(set) var count = 0
    /// How many of them have no response.
    public internal(set) var openCount = 0
    /// When the earliest was received, in nanoseconds since 1970-01-01 00:00:00 UTC.
    public internal(set) var earliestNanoseconds = UInt128.max
    /// When the latest was received, in nanoseconds since 1970-01-01 00:00:00 UTC.
    public internal(set) var latestNanoseconds = UInt128.min
    /// The bytes of all requests.
    public internal(set) var requestByteCount = 0
    /// The bytes of all responses.
    public internal(set) var responseByteCount = 0
    /// The latencies of those that have one, in nanoseconds, in ascending order: 8 bytes of memory for each.
    public internal(set) var latenciesNanoseconds: [UInt64] = []

    init(protocol: String) {
        self.protocol = `protocol`
    }

    /// Counts an exchange whose time is looked at elsewhere.
    mutating func add(latencyNanoseconds: UInt64?, requestByteCount: Int, responseByteCount: Int?) {
        count += 1
        openCount += responseByteCount == nil ? 1 : 0
        self.requestByteCount += requestByteCount
        self.responseByteCount += responseByteCount ?? 0
        if let latencyNanoseconds { latenciesNanoseconds.append(latencyNanoseconds) }
    }

    mutating func add(_ exchange: ExchangeSlices) {
        earliestNanoseconds = min(earliestNanoseconds, exchange.receivedNanoseconds)
        latestNanoseconds = max(latestNanoseconds, exchange.receivedNanoseconds)
        add(
            latencyNanoseconds: exchange.latencyNanoseconds,
            requestByteCount: exchange.request.count,
            responseByteCount: exchange.response?.count
        )
    }
}
