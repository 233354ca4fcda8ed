import ArgumentParser
import Tapedeck

/// Which exchanges a command is about. The same for every command that takes more than one.
struct FilterOptions: ParsableArguments {
    @Option(
        name: .customLong("protocol"),
        help: ArgumentHelp(
            """
            Only exchanges with this protocol tag. A trailing '*' matches every tag that begins so. May be repeated: \
            any of them will do.
            """,
            valueName: "tag"
        ),
        transform: ProtocolPattern.init(parsing:)
    )
    var protocols: [ProtocolPattern] = []

    @Option(
        help: ArgumentHelp(
            """
            Only exchanges received at this time or later: RFC 3339 (2024-06-10T12:00:00Z, or a date alone, in UTC), an \
            age before now (90s, 15m, 2h, 7d), or nanoseconds since 1970 (default: no bound).
            """,
            valueName: "time"
        ),
        transform: TimeBound.init(parsing:)
    )
    var since: TimeBound?

    @Option(
        help: ArgumentHelp(
            "Only exchanges received before this time, given likewise (default: no bound).",
            valueName: "time"
        ),
        transform: TimeBound.init(parsing:)
    )
    var until: TimeBound?

    @Option(
        help: ArgumentHelp(
            "Only exchanges with a response, or only those without (default: both).",
            valueName: "state"
        )
    )
    var state: ExchangeFilter.State?

    @Flag(
        help: """
            Only exchanges that failed: without a response, with an HTTP status of 400 or more, or with an error that a recorder \
            saw in their stream.
            """
    )
    var failed = false

    @Option(
        help: ArgumentHelp(
            """
            Only exchanges that took at least so long: 250ms, 1.5s, 2m, or nanoseconds. Without a latency they are \
            left out (default: no bound).
            """,
            valueName: "duration"
        ),
        transform: NanosecondQuantity.parseLatency
    )
    var minLatency: UInt64?

    @Option(
        help: ArgumentHelp(
            "Only exchanges that took at most so long, likewise (default: no bound).",
            valueName: "duration"
        ),
        transform: NanosecondQuantity.parseLatency
    )
    var maxLatency: UInt64?

    @Option(
        name: .customLong("where"),
        help: ArgumentHelp(
            """
            Only exchanges in whose line the JSON Pointer leads to this value: '/request/model="gpt-4o"', \
            /request/stream=true. The pointer ends at the first '='; a bare word that is no JSON is taken as a string; \
            numbers compare as numbers. There is no other comparison than '='; for failures there is '--failed'. May be \
            repeated: all must hold.
            """,
            valueName: "pointer=json"
        ),
        transform: PointerCondition.init(asFilter:)
    )
    var conditions: [PointerCondition] = []

    @Option(
        help: ArgumentHelp("At most so many exchanges, from the first on (default: all).", valueName: "n")
    )
    var limit: Int?

    @Flag(help: "Count the limit from the end: the last N exchanges, still in order.")
    var newest = false

    @Option(help: ArgumentHelp("As they were stored, or by time of receipt.", valueName: "order"))
    var order = ExchangeFilter.Order.insertion

    func validate() throws {
        if let limit, limit < 0 { throw ValidationError("'--limit' must be 0 or more") }
        if newest && limit == nil {
            throw ValidationError("'--newest' needs '--limit': it says from which end the limit counts")
        }
        for case .moment(let time)? in [since, until] where (1..<100_000_000_000_000_000).contains(time) {
            StandardError.note(
                "\(time) counts nanoseconds, and is \(Timestamp.format(time, fractionDigits: 3)); for a time in seconds write"
                    + " RFC 3339"
            )
        }
        if let minLatency, let maxLatency, minLatency > maxLatency {
            throw ValidationError("'--min-latency' is more than '--max-latency': nothing can match")
        }
    }

    /// What the options say together.
    ///
    /// - Parameter clock: what ages count from.
    /// - Returns: the filter for the library.
    /// - Throws: `UsageProblem` when nothing can match.
    func filter(clock: WallClock = .system) throws(UsageProblem) -> ExchangeFilter {
        // Both bounds count from the same moment.
        let now = clock.nanoseconds()
        let clock = WallClock { now }
        var filter = ExchangeFilter()
        filter.protocols = protocols
        filter.sinceNanoseconds = since?.nanoseconds(clock)
        filter.untilNanoseconds = until?.nanoseconds(clock)
        filter.state = state
        filter.isFailedOnly = failed
        filter.minimumLatencyNanoseconds = minLatency
        filter.maximumLatencyNanoseconds = maxLatency
        filter.conditions = conditions
        filter.limit = limit
        filter.isLimitFromEnd = newest
        filter.order = order
        if let since = filter.sinceNanoseconds, let until = filter.untilNanoseconds, since >= until {
            throw UsageProblem("'--since' is not before '--until': nothing can match")
        }
        return filter
    }
}
