internal import TapedeckSQLite

/// The part of a filter that the small columns answer, as SQL.
///
/// Parameters have fixed numbers, so that every statement binds them alike.
struct ColumnConditions {
    /// The numbers of the parameters.
    enum Parameter {
        static let tag: Int32 = 1
        static let afterID: Int32 = 2
        static let lastID: Int32 = 3
        static let limit: Int32 = 4
        static let since: Int32 = 5
        static let until: Int32 = 6
        static let minimumLatency: Int32 = 7
        static let maximumLatency: Int32 = 8
        static let boundaryTime: Int32 = 9
    }

    private let filter: ExchangeFilter

    init(_ filter: ExchangeFilter) {
        self.filter = filter
    }

    /// Whether anything is asked of a column.
    var isEmpty: Bool { filter.protocols.isEmpty && timeSQL.isEmpty && stateSQL.isEmpty }

    /// The lower bound of time, as ` AND …`.
    var sinceSQL: String { filter.sinceNanoseconds == nil ? "" : " AND recv_ts_ns >= ?5" }

    /// The upper bound of time, as ` AND …`.
    var untilSQL: String { filter.untilNanoseconds == nil ? "" : " AND recv_ts_ns < ?6" }

    /// Both bounds of time.
    var timeSQL: String { sinceSQL + untilSQL }

    /// State and latency, each ` AND …`.
    var stateSQL: String {
        let state =
            switch filter.state {
            case .open: " AND response_bytes IS NULL"
            case .complete: " AND response_bytes IS NOT NULL"
            case nil: ""
            }
        return state
            + (filter.minimumLatencyNanoseconds == nil ? "" : " AND latency_ns >= ?7")
            + (filter.maximumLatencyNanoseconds == nil ? "" : " AND latency_ns <= ?8")
    }

    /// Binds all that the SQL above names. A statement that left a bound out ignores it.
    func bind(to statement: inout Statement) throws(SQLiteError) {
        if let since = filter.sinceNanoseconds { try statement.bind(unsigned: since, at: Parameter.since) }
        if let until = filter.untilNanoseconds { try statement.bind(unsigned: until, at: Parameter.until) }
        if let least = filter.minimumLatencyNanoseconds {
            try statement.bind(unsigned: least, at: Parameter.minimumLatency)
        }
        if let greatest = filter.maximumLatencyNanoseconds {
            try statement.bind(unsigned: greatest, at: Parameter.maximumLatency)
        }
    }
}
