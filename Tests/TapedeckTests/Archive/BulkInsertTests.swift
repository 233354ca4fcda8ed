import Tapedeck
import TapedeckTestSupport
import Testing

@testable import TapedeckSQLite

@Suite("Many rows to a statement")
struct BulkInsertTests {
    /// All that a store holds, row by row and with the types of its columns.
    private static func dump(_ path: String) throws -> [String] {
        let connection = try Connection(path: path, access: .readOnly, busyMilliseconds: 0)
        var statement = try connection.prepare(
            """
            SELECT id || '|' || hex(recv_ts_ns) || typeof(recv_ts_ns) || '|' || ifnull(hex(latency_ns), '')
                || typeof(latency_ns) || '|' || protocol || '|' || request_bytes || '|' || ifnull(response_bytes, '-')
                || '|' || ifnull(extra, '-') || '|' || request || '|' || ifnull(response, '-') FROM exchanges
            """
        )
        var rows: [String] = []
        while try statement.step() { rows.append(statement.text(at: 0) ?? "null") }
        #expect(!rows.contains("null"))
        return rows
    }

    @Test("leave the same rows as one to a statement", arguments: [0, 1, 15, 16, 17, 31, 32, 33, 200])
    func sameRows(count: Int) throws {
        let folder = try TestFolder()
        var maker = ExchangeMaker(seed: UInt64(count))
        let exchanges = maker.exchanges(count)
        let archive = folder.path("x.jsonl")
        let slow = try CaptureStore(path: folder.path("slow"))
        let writer = try RecordingWriter(store: slow, group: .init(count: 1))
        for exchange in exchanges { try writer.write(exchange) }
        try writer.flush()
        try slow.export(to: .file(archive))
        let expected = try Self.dump(slow.path)
        #expect(expected.count == count)
        for batch in [nil, 1, 7, 16, 17] {
            let fast = try CaptureStore(path: folder.path("fast-\(batch ?? 0)"))
            var options = ImportOptions()
            options.batchCount = batch
            try fast.importArchives([.file(archive)], options: options)
            #expect(try Self.dump(fast.path) == expected)
        }
    }

    @Test("are all left out when a bad line comes after them")
    func badLine() throws {
        let folder = try TestFolder()
        var maker = ExchangeMaker(seed: 5)
        let store = try CaptureStore(path: folder.path("x"))
        try store.append(maker.exchanges(20))
        try store.export(to: .file(folder.path("good.jsonl")))
        let bad = try folder.write(
            String(decoding: try folder.bytes("good.jsonl"), as: UTF8.self) + "bad\n",
            to: "bad"
        )
        let before = try Self.dump(store.path)
        #expect(throws: TapedeckError.self) { try store.importArchives([.file(bad)]) }
        #expect(try Self.dump(store.path) == before)
        // Neither did they stay in the memory of the statement.
        try store.importArchives([.file(folder.path("good.jsonl"))])
        #expect(try Self.dump(store.path).count == 40)
    }
}
