import CTapedeckSQLite
import TapedeckTestSupport
import Testing

@testable import Tapedeck
@testable import TapedeckSQLite

/// SQLite's own word on how it runs the statements that readers run.
@Suite struct QueryPlanTests {
    let folder: TestFolder
    let store: CaptureStore

    init() throws {
        folder = try TestFolder()
        store = try CaptureStore(path: folder.path("store"))
        var maker = ExchangeMaker(seed: 3)
        try store.append(maker.exchanges(50))
    }

    private func plan(_ sql: String) throws -> String {
        try store.withConnection { connection in
            var statement = try connection.prepare("EXPLAIN QUERY PLAN \(sql)")
            var lines: [String] = []
            while try statement.step() { lines.append(statement.text(at: 3) ?? "") }
            return lines.joined(separator: "; ")
        }
    }

    private static let filters: [ExchangeFilter] = {
        var time = ExchangeFilter()
        time.sinceNanoseconds = 1
        time.untilNanoseconds = 2
        var open = ExchangeFilter()
        open.state = .open
        open.maximumLatencyNanoseconds = 5
        var all = time
        all.state = .complete
        all.minimumLatencyNanoseconds = 1
        return [ExchangeFilter(), time, open, all]
    }()

    @Test(arguments: filters)
    func `Ids are searched in the index alone, without a sorter`(filter: ExchangeFilter) throws {
        let plan = try plan(IndexSearch.sql(ColumnConditions(filter)))
        let bounds =
            filter.sinceNanoseconds == nil
            ? "(protocol=?)" : "(protocol=? AND recv_ts_ns>? AND recv_ts_ns<?)"
        #expect(plan == "SEARCH exchanges USING COVERING INDEX exchanges_by_protocol_and_time \(bounds)")
        let counting = try self.plan(
            IndexSearch.sql(ColumnConditions(filter), selecting: "count(*)")
        )
        #expect(counting == plan)
    }

    @Test(arguments: filters, [true, false])
    func `The order of arrival comes from the index alone, without a sorter`(
        filter: ExchangeFilter,
        isForward: Bool
    ) throws {
        let sql = ArrivalMerge.sql(ColumnConditions(filter), isForward: isForward)
        let same = try plan(sql.sameTime)
        let later = try plan(sql.laterTime)
        let index = "SEARCH exchanges USING COVERING INDEX exchanges_by_protocol_and_time"
        #expect(same.hasPrefix("\(index) (protocol=? AND recv_ts_ns=? AND id"))
        #expect(later.hasPrefix("\(index) (protocol=? AND recv_ts_ns"))
        #expect(!same.contains("TEMP B-TREE") && !later.contains("TEMP B-TREE"))
    }

    @Test(arguments: filters, [true, false])
    func `The table is walked by id from where the last page ended`(
        filter: ExchangeFilter,
        isForward: Bool
    ) throws {
        let plan = try plan(TableWalk.sql(ColumnConditions(filter), isForward: isForward))
        #expect(plan.hasPrefix("SEARCH exchanges USING INTEGER PRIMARY KEY (rowid"))
        #expect(!plan.contains("TEMP B-TREE"))
        // An upper bound alone would begin every page at the table's start.
        if isForward { #expect(plan.contains("rowid>? AND rowid<?")) }
    }

    @Test func `The protocols are found by steps through the index`() throws {
        let plan = try plan(StoreSchema.selectTags)
        #expect(
            plan.contains("SEARCH exchanges USING COVERING INDEX exchanges_by_protocol_and_time (protocol>?)")
        )
        #expect(!plan.contains("SCAN exchanges"))
    }

    @Test func `A page of a long walk costs what it holds, wherever it begins`() throws {
        let store = try CaptureStore(path: folder.path("long"))
        try store.append(
            (0..<4000).map { RecordedExchange(receivedNanoseconds: UInt128($0), protocol: "p", request: 1) }
        )
        let steps = try store.withConnection { connection in
            var statement = try connection.prepare(
                TableWalk.sql(ColumnConditions(ExchangeFilter()), isForward: true)
            )
            try statement.bind(4000, at: ColumnConditions.Parameter.lastID)
            return try stride(from: Int64(0), to: 4000, by: 500).map { start in
                try statement.bind(start, at: ColumnConditions.Parameter.afterID)
                for row in 1...500 {
                    #expect(try statement.step())
                    #expect(statement.integer(at: 0) == start + Int64(row))
                }
                statement.reset()
                return sqlite3_stmt_status(statement.handle, SQLITE_STMTSTATUS_VM_STEP, 1)
            }
        }
        let first = try #require(steps.first)
        #expect(first > 500 && steps.allSatisfy { abs($0 - first) <= 10 }, "\(steps)")
    }
}
