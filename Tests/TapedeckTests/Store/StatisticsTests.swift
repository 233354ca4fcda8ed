import TapedeckTestSupport
import Testing

@testable import Tapedeck
@testable import TapedeckSQLite

@Suite struct StatisticsTests {
    let folder: TestFolder
    let store: CaptureStore

    init() throws {
        folder = try TestFolder()
        store = try CaptureStore(path: folder.path("store"))
    }

    static let filters: [ExchangeFilter] = {
        var filters = [ExchangeFilter()]
        func add(_ change: (inout ExchangeFilter) -> Void) {
            var filter = ExchangeFilter()
            change(&filter)
            filters.append(filter)
        }
        add { $0.protocols = [.exact("openai.chat"), .prefix("k")] }
        add { $0.protocols = [.exact("absent")] }
        add { $0.sinceNanoseconds = 1 }
        add { ($0.sinceNanoseconds, $0.untilNanoseconds) = (1 << 63, 1 << 64) }
        add { $0.state = .open }
        add { $0.state = .complete }
        add { $0.isFailedOnly = true }
        add { ($0.minimumLatencyNanoseconds, $0.maximumLatencyNanoseconds) = (1, 1 << 63) }
        add { $0.conditions = [.init(pointer: JSONPointer(tokens: ["request", "n"]), value: 1)] }
        add { $0.limit = 17 }
        add { ($0.limit, $0.isLimitFromEnd, $0.order) = (17, true, .arrival) }
        return filters
    }()

    /// The same, by way of what a reader yields.
    private func expected(_ exchanges: [RecordedExchange]) -> [ProtocolStatistics] {
        Dictionary(grouping: exchanges) { Array($0.protocol.utf8) }
            .sorted { $0.key.lexicographicallyPrecedes($1.key) }
            .map { tag, exchanges in
                var statistics = ProtocolStatistics(protocol: String(decoding: tag, as: UTF8.self))
                statistics.count = exchanges.count
                statistics.openCount = exchanges.filter(\.isOpen).count
                statistics.earliestNanoseconds = exchanges.map(\.receivedNanoseconds).min() ?? 0
                statistics.latestNanoseconds = exchanges.map(\.receivedNanoseconds).max() ?? 0
                statistics.requestByteCount = exchanges.map(\.request.byteCount).reduce(0, +)
                statistics.responseByteCount = exchanges.compactMap(\.response?.byteCount).reduce(0, +)
                statistics.latenciesNanoseconds = exchanges.compactMap(\.latencyNanoseconds).sorted()
                return statistics
            }
    }

    @Test(arguments: filters)
    func `Statistics agree with what a reader yields`(filter: ExchangeFilter) throws {
        var maker = ExchangeMaker(seed: 3)
        try store.append(maker.exchanges(300))
        #expect(try store.statistics(filter) == expected(try store.read(filter)))
    }

    @Test func `Tags that are canonical equivalents are two protocols`() throws {
        let tags = ["caf\u{E9}", "cafe\u{301}"]
        try store.append(tags.map { RecordedExchange(receivedNanoseconds: 1, protocol: $0, request: 1) })
        var filter = ExchangeFilter()
        #expect(try store.statistics(filter).map(\.count) == [1, 1])
        filter.limit = 2
        #expect(try store.statistics(filter).map(\.count) == [1, 1])
    }

    @Test func `An empty store has none`() throws {
        #expect(try store.statistics().isEmpty)
    }

    @Test(arguments: filters.filter { $0.conditions.isEmpty && $0.limit == nil })
    func `No payload is read: the index holds all that is asked for`(filter: ExchangeFilter) throws {
        let connection = try Connection(path: store.path, access: .readOnly, busyMilliseconds: 0)
        let sql = StatisticsSearch.sql(ColumnConditions(filter))
        for sql in [sql.all, sql.last] {
            var statement = try connection.prepare("EXPLAIN QUERY PLAN \(sql)")
            var plan: [String] = []
            while try statement.step() { plan.append(statement.text(at: 3) ?? "") }
            // One line: no sorter either, so that the last comes without the others.
            #expect(plan.count == 1)
            #expect(
                plan.first?.contains("USING COVERING INDEX exchanges_by_protocol_and_time (protocol=?")
                    == true
            )
        }
    }
}
