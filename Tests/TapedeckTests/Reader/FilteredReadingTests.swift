import TapedeckTestSupport
import Testing

@testable import Tapedeck
@testable import TapedeckSQLite

@Suite struct FilteredReadingTests {
    let folder: TestFolder
    let store: CaptureStore
    let exchanges: [RecordedExchange]

    init() throws {
        folder = try TestFolder()
        store = try CaptureStore(path: folder.path("store"))
        var maker = ExchangeMaker(seed: 11)
        exchanges = maker.exchanges(600).enumerated().map { index, exchange in
            var exchange = exchange
            if exchange.extra == nil, index % 3 == 0 {
                exchange.extra = ["http": ["status": index % 2 == 0 ? 503 : 200]]
            }
            return exchange
        }
        try store.append(exchanges)
    }

    /// What a filter means, said plainly: look at everything, keep what fits, sort, cut.
    private func expected(_ filter: ExchangeFilter) -> [RecordedExchange] {
        var kept = exchanges.enumerated().filter { _, exchange in
            if !filter.protocols.isEmpty {
                let isNamed = filter.protocols.contains { pattern in
                    switch pattern {
                    case .exact(let tag): Array(exchange.protocol.utf8) == Array(tag.utf8)
                    case .prefix(let start):
                        Array(exchange.protocol.utf8.prefix(start.utf8.count)) == Array(start.utf8)
                    }
                }
                if !isNamed { return false }
            }
            if let since = filter.sinceNanoseconds, exchange.receivedNanoseconds < since { return false }
            if let until = filter.untilNanoseconds, exchange.receivedNanoseconds >= until { return false }
            if filter.state == .open, exchange.response != nil { return false }
            if filter.state == .complete, exchange.response == nil { return false }
            if filter.isFailedOnly, exchange.response != nil, exchange.extra?["http"]?["status"] != 503 {
                return false
            }
            if let least = filter.minimumLatencyNanoseconds {
                guard let latency = exchange.latencyNanoseconds, latency >= least else { return false }
            }
            if let greatest = filter.maximumLatencyNanoseconds {
                guard let latency = exchange.latencyNanoseconds, latency <= greatest else { return false }
            }
            return filter.conditions.allSatisfy { condition in
                switch condition.pointer.description {
                case "/request/model": exchange.request["model"] == condition.value
                case "/request/n": exchange.request["n"] == condition.value
                default: exchange.extra?["host"] == condition.value
                }
            }
        }
        if filter.order == .arrival {
            kept.sort {
                ($0.element.receivedNanoseconds, $0.offset) < ($1.element.receivedNanoseconds, $1.offset)
            }
        }
        let limit = filter.limit ?? kept.count
        return (filter.isLimitFromEnd ? kept.suffix(limit) : kept.prefix(limit)).map(\.element)
    }

    private func randomFilter(_ maker: inout ExchangeMaker) throws -> ExchangeFilter {
        var filter = ExchangeFilter()
        func perhaps(_ maker: inout ExchangeMaker) -> Bool { maker.pick([true, false, false]) }
        if perhaps(&maker) {
            filter.protocols = (0..<maker.pick([1, 2])).map { _ in
                maker.pick([
                    .exact(maker.pick(ExchangeMaker.protocols)),
                    .prefix(maker.pick(["openai.", "openai.chat", "a", "z", ""])),
                ])
            }
        }
        if perhaps(&maker) { filter.sinceNanoseconds = maker.pick(ExchangeMaker.times) }
        if perhaps(&maker) { filter.untilNanoseconds = maker.pick(ExchangeMaker.times) }
        if perhaps(&maker) { filter.state = maker.pick([.open, .complete]) }
        if perhaps(&maker) { filter.isFailedOnly = true }
        if perhaps(&maker) { filter.minimumLatencyNanoseconds = maker.pick(ExchangeMaker.latencies) }
        if perhaps(&maker) { filter.maximumLatencyNanoseconds = maker.pick(ExchangeMaker.latencies) }
        if perhaps(&maker) {
            filter.conditions.append(
                maker.pick([
                    PointerCondition(pointer: try JSONPointer("/request/model"), value: "m-1"),
                    PointerCondition(pointer: try JSONPointer("/request/n"), value: 1.5),
                    PointerCondition(pointer: try JSONPointer("/host"), value: "gpu-2"),
                ])
            )
        }
        if perhaps(&maker) {
            filter.limit = maker.pick([0, 1, 2, 40, 10_000])
            filter.isLimitFromEnd = maker.pick([true, false])
        }
        filter.order = maker.pick([.insertion, .arrival])
        return filter
    }

    @Test(arguments: 0..<8 as Range<UInt64>)
    func `A random filter reads what a plain scan would keep`(seed: UInt64) throws {
        var maker = ExchangeMaker(seed: 100 + seed)
        for _ in 0..<40 {
            let filter = try randomFilter(&maker)
            let expected = expected(filter)
            #expect(try store.read(filter) == expected, "\(filter)")
            // The same where so few ids may be listed that the table must be walked.
            let walking = ReplayReader(try StoreCursor(store.opener, filter, listLimit: 3), path: "")
            #expect(try walking.all() == expected, "walking: \(filter)")
            // And what a filter says of one exchange is what it does with all of them.
            #expect(exchanges.filter(filter.matches).count >= expected.count)
        }
    }

    @Test(arguments: 0..<4 as Range<UInt64>)
    func `An archive is read through a random filter as a store is`(seed: UInt64) throws {
        var maker = ExchangeMaker(seed: 200 + seed)
        let archive = folder.path("archive.jsonl")
        try store.export(to: .file(archive))
        for _ in 0..<20 {
            let filter = try randomFilter(&maker)
            let reader = try ReplayReader(archive: .file(archive), filter: filter)
            #expect(try reader.all() == expected(filter), "\(filter)")
        }
    }

    @Test func `From the end there is no end without a limit`() throws {
        for order in ExchangeFilter.Order.allCases {
            var filter = ExchangeFilter()
            filter.isLimitFromEnd = true
            filter.order = order
            #expect(try store.read(filter) == expected(filter))
        }
    }

    @Test func `Times at every border of their storage sort as numbers, in SQL too`() throws {
        var filter = ExchangeFilter()
        filter.order = .arrival
        let times = try store.read(filter).map(\.receivedNanoseconds)
        #expect(times == exchanges.map(\.receivedNanoseconds).sorted())
        #expect(Set(times) == Set(ExchangeMaker.times))
        let inSQL = try store.withConnection { connection in
            var statement = try connection.prepare("SELECT recv_ts_ns FROM exchanges ORDER BY recv_ts_ns")
            var times: [UInt128] = []
            while try statement.step() { times.append(statement.unsigned(at: 0) ?? 0) }
            return times
        }
        #expect(inSQL == times)
    }

    @Test(arguments: ExchangeMaker.times)
    func `A window holds its first nanosecond and not its last`(time: UInt128) throws {
        var filter = ExchangeFilter()
        filter.sinceNanoseconds = time
        filter.untilNanoseconds = time < .max ? time + 1 : nil
        let expected = exchanges.filter { $0.receivedNanoseconds == time }
        #expect(try store.read(filter) == expected)
        filter.untilNanoseconds = time
        #expect(try store.read(filter).isEmpty)
    }
}
