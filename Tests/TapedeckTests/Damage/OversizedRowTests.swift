import CTapedeckSQLite
import TapedeckTestSupport
import Testing

@testable import Tapedeck

@Suite struct OversizedRowTests {
    @Test func `A row that is too long cannot be read, and the others are saved`() throws {
        let folder = try TestFolder()
        let path = folder.path("store")
        let exchanges = (1...4).map { RecordedExchange.now(protocol: "p", request: JSONText(integer: $0)) }
        try CaptureStore(path: path).append(exchanges)
        do {
            // As another program would write it, with SQLite's own limit.
            var handle: OpaquePointer?
            defer { sqlite3_close_v2(handle) }
            try #require(sqlite3_open(path, &handle) == SQLITE_OK)
            let sql = """
                PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;
                UPDATE exchanges SET request = CAST(zeroblob(270000000) AS TEXT) WHERE id = 3;
                """
            try #require(sqlite3_exec(handle, sql, nil, nil, nil) == SQLITE_OK)
        }
        let store = try CaptureStore(path: path, access: .read)
        let error = #expect(throws: TapedeckError.self) { try store.exchange(id: 3) }
        #expect(error?.code == .tooLarge)
        let summary = try store.salvage(to: folder.path("saved.jsonl"))
        #expect(summary.salvagedCount == 3)
        #expect(summary.missingIDs == [3...3])
        var damages: [StoreDamage] = []
        try store.verify { damages.append($0) }
        #expect(damages.contains { $0.kind == .unreadable && $0.ids == 3...3 })
    }
}
