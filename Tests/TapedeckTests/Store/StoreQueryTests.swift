import Foundation
import TapedeckTestSupport
import Testing

@testable import Tapedeck
@testable import TapedeckSQLite

@Suite struct StoreQueryTests {
    let folder: TestFolder
    let store: CaptureStore

    init() throws {
        folder = try TestFolder()
        store = try CaptureStore(path: folder.path("store"))
    }

    @Test func `Protocols come with their counts and time spans, in the order of their tags`() throws {
        try store.append([
            RecordedExchange(receivedNanoseconds: 1 << 64, protocol: "b", request: 1),
            RecordedExchange(receivedNanoseconds: 7, protocol: "b", request: 1, response: 2),
            RecordedExchange(receivedNanoseconds: 9, protocol: "a", request: 1, response: 2),
        ])
        #expect(
            try store.protocols() == [
                ProtocolSummary(
                    protocol: "a",
                    count: 1,
                    openCount: 0,
                    earliestNanoseconds: 9,
                    latestNanoseconds: 9
                ),
                ProtocolSummary(
                    protocol: "b",
                    count: 2,
                    openCount: 1,
                    earliestNanoseconds: 7,
                    latestNanoseconds: 1 << 64
                ),
            ]
        )
        #expect(try store.count() == 3)
    }

    @Test func `An exchange is fetched by its id, as it was written`() throws {
        var maker = ExchangeMaker(seed: 1)
        let exchanges = maker.exchanges(20)
        try store.append(exchanges)
        for (index, exchange) in exchanges.enumerated() {
            #expect(try store.exchange(id: Int64(index + 1)) == exchange)
        }
        #expect(try store.exchange(id: 21) == nil)
        #expect(try store.exchange(id: 0) == nil)
        #expect(try store.exchange(id: -1) == nil)
    }

    @Test func `Any SQLite tool sees the numbers, the lengths and the texts`() throws {
        try store.append([
            RecordedExchange(
                receivedNanoseconds: 5,
                latencyNanoseconds: 6,
                protocol: "p",
                request: ["é": 1],
                response: [1.5],
                extra: ["host": "gpu"]
            )
        ])
        let connection = try Connection(path: store.path, access: .readOnly, busyMilliseconds: 0)
        let row = try connection.text(
            """
            SELECT concat_ws FROM (SELECT id || '|' || recv_ts_ns || '|' || latency_ns || '|' || protocol || '|'
                || request_bytes || '|' || response_bytes || '|' || extra || '|' || request || '|' || response
                || '|' || typeof(checksum) AS concat_ws FROM exchanges)
            """
        )
        #expect(row == #"1|5|6|p|8|5|{"host":"gpu"}|{"é":1}|[1.5]|integer"#)
    }

    @Test func `Vacuum gives the space of deleted exchanges back`() throws {
        var maker = ExchangeMaker(seed: 2)
        try store.append(maker.exchanges(400))
        let before = try #require(
            FileManager.default.attributesOfItem(atPath: store.path)[.size] as? Int
        )
        do {
            let connection = try Connection(path: store.path, access: .readWrite, busyMilliseconds: 0)
            try connection.execute("DELETE FROM exchanges WHERE id > 10; PRAGMA wal_checkpoint(TRUNCATE)")
        }
        try store.vacuum()
        let other = try Connection(path: store.path, access: .readWrite, busyMilliseconds: 0)
        try other.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        let after = try #require(FileManager.default.attributesOfItem(atPath: store.path)[.size] as? Int)
        #expect(after < before)
        #expect(try store.count() == 10)
        // An id is never given twice, not even that of a deleted exchange.
        try store.append([.now(protocol: "p", request: 1)])
        #expect(try store.exchange(id: 401) != nil)
    }

    @Test func `A store that was opened for reading is not written`() throws {
        try store.append([.now(protocol: "p", request: 1)])
        let reading = try CaptureStore(path: store.path, access: .read)
        #expect(throws: TapedeckError.self) { try reading.vacuum() }
        #expect(throws: TapedeckError.self) { try reading.importArchives([]) }
        #expect(throws: TapedeckError.self) { try RecordingWriter(store: reading) }
        #expect(try reading.count() == 1)
    }
}
