import Foundation
import Synchronization
import TapedeckTestSupport
import Testing

@testable import Tapedeck
@testable import TapedeckSQLite

@Suite struct VerifyTests {
    let folder: TestFolder
    let store: CaptureStore

    init() throws {
        folder = try TestFolder()
        store = try CaptureStore(path: folder.path("store"))
        var maker = ExchangeMaker(seed: 3)
        try store.append(maker.exchanges(300))
    }

    private func change(_ sql: String) throws {
        let connection = try Connection(path: store.path, access: .readWrite, busyMilliseconds: 1000)
        try connection.execute("PRAGMA ignore_check_constraints = ON")
        try connection.execute(sql)
    }

    private func damages(_ options: VerifyOptions = VerifyOptions()) throws -> [StoreDamage] {
        var damages: [StoreDamage] = []
        let summary = try store.verify(options) { damages.append($0) }
        #expect(summary.damageCount == damages.count && summary.isSound == damages.isEmpty)
        return damages
    }

    @Test func `Nothing is wrong with what was just stored, and every row is covered`() throws {
        let summary = try store.verify()
        #expect(summary.isSound && summary.rowCount == 300 && summary.uncoveredCount == 0)
    }

    @Test(arguments: [
        ("UPDATE exchanges SET request = '7', request_bytes = 1 WHERE id = 17", StoreDamage.Kind.checksum),
        (
            "UPDATE exchanges SET response = NULL, response_bytes = NULL, latency_ns = 5 WHERE id = 17",
            .checksum
        ),
        ("UPDATE exchanges SET recv_ts_ns = 12345 WHERE id = 17", .checksum),
        ("UPDATE exchanges SET protocol = 'other' WHERE id = 17", .checksum),
        ("UPDATE exchanges SET checksum = checksum + 1 WHERE id = 17", .checksum),
        ("UPDATE exchanges SET request_bytes = request_bytes + 1 WHERE id = 17", .byteCount),
        ("UPDATE exchanges SET checksum = NULL, request = '{', request_bytes = 1 WHERE id = 17", .content),
        ("UPDATE exchanges SET checksum = NULL, latency_ns = x'00' WHERE id = 17", .content),
        (
            #"UPDATE exchanges SET checksum = NULL, request = '1,"response":2', request_bytes = 14 WHERE id = 17"#,
            .content
        ),
    ])
    func `A changed row is found by its id`(sql: String, kind: StoreDamage.Kind) throws {
        try change(sql)
        let damages = try damages()
        #expect(damages.contains { $0.kind == kind && $0.ids == 17...17 }, "\(damages)")
        #expect(damages.allSatisfy { $0.ids == 17...17 || $0.kind == .structure }, "\(damages)")
    }

    @Test func `What is cut off in a row without a checksum is not salvaged, whatever is said of its length`()
        throws
    {
        try change("UPDATE exchanges SET checksum = NULL, request = '{\"a\":' WHERE id = 17")
        let summary = try store.salvage(to: folder.path("saved.jsonl"))
        #expect(summary.salvagedCount == 299 && summary.missingIDs == [17...17])
    }

    @Test func `Rows without a checksum are counted, and given one`() throws {
        try change("UPDATE exchanges SET checksum = NULL WHERE id % 3 = 0")
        #expect(try store.verify().uncoveredCount == 100)
        var options = VerifyOptions()
        options.repairsChecksums = true
        let repaired = try store.verify(options)
        #expect(repaired.isSound && repaired.uncoveredCount == 100 && repaired.repairedCount == 100)
        let after = try store.verify()
        #expect(after.isSound && after.uncoveredCount == 0)
    }

    @Test func `No checksum is given where the structure is damaged`() throws {
        let damaged = try DamagedStore(count: 300, seed: 4)
        do {
            let connection = try Connection(path: damaged.path, access: .readWrite, busyMilliseconds: 0)
            try connection.execute("UPDATE exchanges SET checksum = NULL WHERE id = 300")
        }
        _ = try damaged.losePages([1 + damaged.places.rows[0].bytes[0].lowerBound / 16384])
        let store = try CaptureStore(path: damaged.path)
        var options = VerifyOptions()
        options.repairsChecksums = true
        let summary = try store.verify(options)
        #expect(!summary.isSound && summary.uncoveredCount == 1 && summary.repairedCount == 0)
    }

    @Test func `A checksum that is wrong is never repaired, nor one of content that cannot be`() throws {
        try change("UPDATE exchanges SET checksum = 1 WHERE id = 5")
        try change("UPDATE exchanges SET checksum = NULL, request = '{', request_bytes = 1 WHERE id = 6")
        try change("UPDATE exchanges SET checksum = NULL WHERE id = 7")
        var options = VerifyOptions()
        options.repairsChecksums = true
        let summary = try store.verify(options)
        #expect(summary.damageCount == 2 && summary.repairedCount == 1)
        #expect(try damages().flatMap { $0.ids.map(Array.init) ?? [] } == [5, 6])
    }

    @Test func `One that is called off says how far it came, and what it filled in stays`() throws {
        try change("UPDATE exchanges SET checksum = NULL WHERE id <= 100")
        // Exchanges are read in pages of 256, each followed by a write.
        let isPastFirstPage = Mutex(false)
        var options = VerifyOptions()
        options.repairsChecksums = true
        options.progress = { _ in isPastFirstPage.withLock { $0 = true } }
        options.isCancelled = { isPastFirstPage.withLock { $0 } }
        let error = #expect(throws: TapedeckError.self) { try store.verify(options) }
        #expect(error?.code == .cancelled)
        #expect(
            error?.message
                == "\(store.path): the verification was called off after 256 exchanges; 100 of them were given a checksum, and keep it"
        )
        #expect(try store.verify().uncoveredCount == 0)
    }

    @Test func `One that is called off at once finds nothing, as it did not look`() throws {
        var options = VerifyOptions()
        options.isCancelled = { true }
        let error = #expect(throws: TapedeckError.self) {
            try store.verify(options) { Issue.record("\($0)") }
        }
        #expect(error?.code == .cancelled)
    }

    @Test func `A statement that takes minutes is cut short once it is called off`() throws {
        let connection = try Connection(path: store.path, access: .readOnly, busyMilliseconds: 0)
        let error = #expect(throws: SQLiteError.self) {
            try connection.interrupting(when: { true }) {
                try connection.execute(
                    """
                    WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n WHERE x < 1000000000)
                    SELECT count(*) FROM n
                    """
                )
            }
        }
        #expect(error?.code == .interrupted)
        #expect(try connection.integer("SELECT count(*) FROM exchanges") == 300)
    }
}
