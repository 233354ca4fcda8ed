/// Which exchanges are wanted, and in which order.
///
/// An exchange must meet every condition that is set. The default lets everything through, in insertion order.
///
/// ```swift
/// var filter = ExchangeFilter()
/// filter.protocols = [.exact("openai.chat"), .prefix("kserve.")]
/// filter.sinceNanoseconds = 1_718_000_000_000_000_000
/// filter.conditions = [.init(pointer: try JSONPointer("/request/model"), value: "gpt-4o")]
/// ```
public struct ExchangeFilter: Sendable, Hashable {
    /// Whether an exchange has a response.
    public enum State: String, Sendable, CaseIterable {
        /// It has a response.
        case complete
        /// It has none.
        case open
    }

    /// The order in which exchanges are read.
    public enum Order: String, Sendable, CaseIterable {
        /// As they were written.
        case insertion
        /// By time of receipt; those of the same nanosecond as they were written.
        case arrival
    }

    /// Which protocols are wanted: those that match one of these; all of them where there is none.
    public var protocols: [ProtocolPattern] = []
    /// The earliest time of receipt that is wanted, in nanoseconds since 1970-01-01 00:00:00 UTC; nil for no bound.
    public var sinceNanoseconds: UInt128?
    /// The earliest time of receipt that is no longer wanted, likewise; nil for no bound.
    public var untilNanoseconds: UInt128?
    /// The state that is wanted, nil for both.
    public var state: State?
    /// Whether only exchanges that failed are wanted: those for which ``RecordedExchange/isFailed`` holds.
    public var isFailedOnly = false
    /// The least latency that is wanted, in nanoseconds; nil for no bound. With a bound, an exchange without a latency
    /// is not wanted.
    public var minimumLatencyNanoseconds: UInt64?
    /// The greatest latency that is wanted, likewise.
    public var maximumLatencyNanoseconds: UInt64?
    /// What the exchange must say.
    public var conditions: [PointerCondition] = []
    /// How many exchanges are wanted at the most, 0 or more; nil for all. A negative number is wrong use and traps.
    public var limit: Int? {
        didSet { precondition(limit ?? 0 >= 0, "a limit is not negative") }
    }
    /// Whether the limit, if there is one, counts from the end: the last so many, still in `order`.
    public var isLimitFromEnd = false
    /// The order in which they are read.
    public var order: Order = .insertion
    /// The largest id that is read of a store, so that two readers see the same while it grows; nil for all.
    package var lastID: Int64?

    /// Makes a filter that lets everything through.
    public init() {}

    /// Whether only the last exchanges are wanted.
    var takesLast: Bool { isLimitFromEnd && limit != nil }

    /// Whether an exchange meets every condition. Limit and order play no part.
    ///
    /// - Parameter exchange: what to look at.
    /// - Returns: whether it does.
    /// - Complexity: that of looking at what the conditions point to.
    public func matches(_ exchange: RecordedExchange) -> Bool {
        exchange.withSlices { matchesColumns($0) && (!isFailedOnly || $0.isFailed) }
            && conditions.allSatisfy { $0.matches(exchange) }
    }

    /// The same for slices, which are copied only if a condition must look at their texts.
    func matches(_ slices: ExchangeSlices) -> Bool {
        matchesColumns(slices) && matchesTexts(slices)
    }

    /// Whether it asks for what no column says.
    var readsTexts: Bool { isFailedOnly || !conditions.isEmpty }

    /// Whether slices say what it asks of their texts.
    func matchesTexts(_ slices: ExchangeSlices) -> Bool {
        guard !isFailedOnly || slices.isFailed else { return false }
        guard !conditions.isEmpty else { return true }
        let exchange = RecordedExchange(copying: slices)
        return conditions.allSatisfy { $0.matches(exchange) }
    }

    private func matchesColumns(_ slices: ExchangeSlices) -> Bool {
        (protocols.isEmpty || protocols.contains { $0.matches(slices.protocol) })
            && slices.receivedNanoseconds >= sinceNanoseconds ?? 0
            && untilNanoseconds.map { slices.receivedNanoseconds < $0 } ?? true
            && state.map { ($0 == .open) == (slices.response == nil) } ?? true
            && matchesLatency(slices.latencyNanoseconds)
    }

    private func matchesLatency(_ latency: UInt64?) -> Bool {
        guard minimumLatencyNanoseconds != nil || maximumLatencyNanoseconds != nil else { return true }
        guard let latency else { return false }
        return latency >= minimumLatencyNanoseconds ?? 0 && latency <= maximumLatencyNanoseconds ?? .max
    }
}
