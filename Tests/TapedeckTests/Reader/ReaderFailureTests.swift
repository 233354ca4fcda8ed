import Foundation
import TapedeckTestSupport
import Testing

@testable import Tapedeck
@testable import TapedeckSQLite

/// What readers do when something goes wrong under them.
@Suite struct ReaderFailureTests {
    let folder: TestFolder

    init() throws {
        folder = try TestFolder()
    }

    private func exchange(_ number: Int) -> RecordedExchange {
        RecordedExchange(
            receivedNanoseconds: UInt128(number),
            protocol: "p",
            request: JSONText(integer: number)
        )
    }

    private static let filters: [ExchangeFilter] = {
        var tagged = ExchangeFilter()
        tagged.protocols = [.exact("p")]
        var arrival = ExchangeFilter()
        arrival.order = .arrival
        return [ExchangeFilter(), tagged, arrival]
    }()

    @Test(arguments: filters)
    func `After an error that goes away a reader yields every exchange`(filter: ExchangeFilter) throws {
        let store = try CaptureStore(path: folder.path("store"), options: .init(busyTimeoutMilliseconds: 0))
        try store.append((0..<10).map(exchange))
        // Only without the log can a writer keep a reader out.
        store.giveUpConnection()
        let other = try Connection(path: store.path, access: .readWrite, busyMilliseconds: 0)
        #expect(try other.text("PRAGMA journal_mode = DELETE") == "delete")
        let reader = try ReplayReader(store: store, filter: filter)
        try other.execute("BEGIN EXCLUSIVE")
        for _ in 0..<3 { #expect(throws: TapedeckError.self) { try reader.next() } }
        try other.execute("COMMIT")
        #expect(try reader.all() == (0..<10).map(exchange))
        #expect(reader.skippedCount == 0)
    }

    @Test func `An archive that is cut while it is read by arrival is an error, and no line comes twice`()
        throws
    {
        let path = folder.path("archive.jsonl")
        do {
            let writer = try RecordingWriter(archive: path)
            for number in 1000..<3000 { try writer.write(exchange(number)) }
        }
        var filter = ExchangeFilter()
        filter.order = .arrival
        let reader = try ReplayReader(archive: .file(path), filter: filter)
        var read = [try #require(try reader.next())]
        let file = try FileHandle(forUpdating: URL(filePath: path))
        try file.truncate(atOffset: UInt64(try folder.bytes("archive.jsonl").count / 2))
        try file.close()
        #expect(throws: TapedeckError.self) {
            while let exchange = try reader.next() { read.append(exchange) }
        }
        #expect(read == (1000..<1000 + read.count).map(exchange))
    }

    /// A store in which somebody else wrote what no recorder would.
    private func hostileStore() throws -> CaptureStore {
        let store = try CaptureStore(path: folder.path("store"))
        let other = try Connection(path: store.path, access: .readWrite, busyMilliseconds: 0)
        for request in ["']]'", "char(34) || '\\u' || char(34)", "char(34) || 'a\\'", "'{'", "''", "'[1,'"] {
            try other.execute(
                """
                INSERT INTO exchanges (recv_ts_ns, protocol, request_bytes, request, extra)
                VALUES (1, CAST(x'ff' AS TEXT), 9223372036854775807, \(request), '{"x":')
                """
            )
        }
        return store
    }

    @Test(arguments: ["request", "response", "extra"], [false, true])
    func `A payload with a line feed never makes two lines`(column: String, hasChecksum: Bool) throws {
        let store = try CaptureStore(path: folder.path("store"))
        try store.append((1...3).map(exchange))
        let other = try Connection(path: store.path, access: .readWrite, busyMilliseconds: 0)
        try other.execute(
            "UPDATE exchanges SET \(column) = '{}}' || char(10) || '{\"a\":{}', checksum = NULL WHERE id = 2"
        )
        if hasChecksum {
            var row = try other.prepare(StoreSchema.selectOne)
            try row.bind(2, at: 1)
            #expect(try row.step())
            let checksum = RowChecksum.of(try StoreSchema.slicesAsTheyStand(in: row))
            row.reset()
            try other.execute("UPDATE exchanges SET checksum = \(checksum) WHERE id = 2")
        }
        let reader = try ReplayReader(store: store)
        #expect(try reader.next() == exchange(1))
        let error = #expect(throws: TapedeckError.self) { try reader.next() }
        #expect(error?.code == .corrupt && error?.message.hasPrefix("exchange 2 is damaged") == true)
        #expect(try reader.all() == [exchange(3)])
        #expect(throws: TapedeckError.self) { try store.exchange(id: 2) }
        #expect(throws: TapedeckError.self) { try store.export(to: .file(folder.path("out.jsonl"))) }
        #expect(folder.size(of: "out.jsonl") == 0)
        #expect(try store.salvage(to: folder.path("saved.jsonl")).missingIDs == [2...2])
    }

    @Test func `A store full of nonsense is read without a trap, and every row is found every way`() throws {
        let store = try hostileStore()
        for filter in Self.filters.map(\.order).map({ order in
            var filter = ExchangeFilter()
            filter.order = order
            filter.sinceNanoseconds = 0
            return filter
        }) {
            let exchanges = try store.read(filter)
            #expect(exchanges.count == 6)
            for exchange in exchanges {
                _ = exchange.request.prettyPrinted()
                _ = (
                    exchange.request.string, exchange.request["a"], exchange.request[0], exchange.request.kind
                )
                _ = (
                    exchange.extra?["x"], exchange.request.count,
                    exchange.request.isEquivalent(to: exchange.request)
                )
                _ = try? exchange.request.decode(Int.self)
            }
        }
        #expect(try store.statistics().map(\.count) == [6])
        #expect(try store.protocols().map(\.count) == [6])
        try store.export(to: .file(folder.path("out.jsonl")))
    }
}
