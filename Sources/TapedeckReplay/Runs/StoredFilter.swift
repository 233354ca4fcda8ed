public import Tapedeck
internal import TapedeckJSON

/// A filter in a form that can be kept: ages have become times.
public struct StoredFilter: Sendable, Hashable, Codable {
    private struct Condition: Sendable, Hashable, Codable {
        var pointer: String
        var value: String
    }

    private var protocols: [String] = []
    private var prefixes: [String] = []
    private var since: String?
    private var until: String?
    private var state: String?
    /// True or nil: what was kept before there was such a filter must stay equal to what asks for the same now.
    private var isFailedOnly: Bool?
    private var minimumLatencyNanoseconds: UInt64?
    private var maximumLatencyNanoseconds: UInt64?
    private var conditions: [Condition] = []
    private var limit: Int?
    private var isLimitFromEnd = false
    private var order: String?

    /// Makes a filter that lets everything through.
    public init() {
        self.init(ExchangeFilter())
    }

    /// Takes a filter over.
    ///
    /// - Parameter filter: the filter.
    public init(_ filter: ExchangeFilter) {
        for pattern in filter.protocols {
            switch pattern {
            case .exact(let tag): protocols.append(tag)
            case .prefix(let tag): prefixes.append(tag)
            }
        }
        since = filter.sinceNanoseconds.map { String($0) }
        until = filter.untilNanoseconds.map { String($0) }
        state = filter.state?.rawValue
        isFailedOnly = filter.isFailedOnly ? true : nil
        minimumLatencyNanoseconds = filter.minimumLatencyNanoseconds
        maximumLatencyNanoseconds = filter.maximumLatencyNanoseconds
        conditions = filter.conditions.map { Condition(pointer: "\($0.pointer)", value: $0.value.text) }
        limit = filter.limit
        isLimitFromEnd = filter.isLimitFromEnd
        order = filter.order.rawValue
    }

    /// The filter; nil where a part of it is not understood, as in a damaged file.
    public var filter: ExchangeFilter? {
        var filter = ExchangeFilter()
        filter.protocols = protocols.map { .exact($0) } + prefixes.map { .prefix($0) }
        filter.sinceNanoseconds = since.flatMap { UInt128($0) }
        filter.untilNanoseconds = until.flatMap { UInt128($0) }
        filter.state = state.flatMap { ExchangeFilter.State(rawValue: $0) }
        filter.isFailedOnly = isFailedOnly ?? false
        filter.minimumLatencyNanoseconds = minimumLatencyNanoseconds
        filter.maximumLatencyNanoseconds = maximumLatencyNanoseconds
        for condition in conditions {
            guard let pointer = try? JSONPointer(condition.pointer),
                let value = try? JSONText(validating: condition.value)
            else { return nil }
            filter.conditions.append(PointerCondition(pointer: pointer, value: value))
        }
        filter.limit = limit
        filter.isLimitFromEnd = isLimitFromEnd
        filter.order = order.flatMap { ExchangeFilter.Order(rawValue: $0) } ?? .insertion
        return filter
    }
}
