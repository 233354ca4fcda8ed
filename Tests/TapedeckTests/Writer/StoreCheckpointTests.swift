import CTapedeckSQLite
import Synchronization
import TapedeckTestSupport
import Testing

@testable import Tapedeck
@testable import TapedeckSQLite

/// What happens where a commit begins the log anew just when a checkpoint has looked how long it is.
@Suite struct StoreCheckpointTests {
    /// Whether this SQLite loses commits then, see <https://sqlite.org/wal.html#walresetbug>.
    static let isSQLiteAffected: Bool = {
        switch sqlite3_libversion_number() {
        case 3_051_003..., 3_050_007..<3_051_000, 3_044_006..<3_045_000: false
        default: true
        }
    }()

    let store: CaptureStore
    let folder: TestFolder

    init() throws {
        folder = try TestFolder()
        store = try CaptureStore(path: folder.path("store"))
    }

    private static func insert(_ count: Int, _ connection: borrowing Connection) throws {
        try connection.execute(
            """
            WITH RECURSIVE n (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM n WHERE n < \(count))
            INSERT INTO exchanges (recv_ts_ns, protocol, request_bytes, request)
            SELECT n, 'p', 15002, json_quote(printf('%.15000c', 'x')) FROM n
            """
        )
    }

    /// Has `checkpoint` run just when a commit begins the log anew, and the log then grow again.
    ///
    /// - Returns: how many of the 160 rows are left at the end, and what SQLite's check of the file says.
    private func lose(_ checkpoint: (borrowing StoreCheckpoint) throws -> Void) throws -> (Int64?, String?) {
        let writer = Mutex(try store.opener.connectForWriting())
        let first = try StoreCheckpoint(store.opener)
        let second = try StoreCheckpoint(store.opener)
        // It has seen the log before, and sees it change.
        _ = try second.run()
        try writer.withLock { try Self.insert(50, $0) }
        #expect(try first.run()?.isComplete == true)
        let wasInTime = Mutex(false)
        let hooks = InterposedFile.Hooks(unfetch: {
            guard !wasInTime.withLock({ $0 }) else { return }
            writer.withLock { writer in
                let before = writer.logFrameCount
                try? Self.insert(10, writer)
                wasInTime.withLock { $0 = writer.logFrameCount < before }
            }
        })
        try InterposedFile.put(hooks, on: second.connection)
        try checkpoint(second)
        #expect(wasInTime.withLock { $0 }, "the log was not begun anew in the midst of the checkpoint")
        // Longer than it was before, brought in, and begun anew.
        try writer.withLock { try Self.insert(100, $0) }
        _ = try first.run()
        try writer.withLock { try $0.execute("PRAGMA user_version = 1") }
        let reader = try store.opener.connectForReading()
        return (
            try? reader.integer("SELECT count(*) FROM exchanges NOT INDEXED"),
            try? reader.text("PRAGMA integrity_check(1)")
        )
    }

    @Test func `A checkpoint loses nothing where the log is begun anew beside it`() throws {
        let (count, check) = try lose { _ = try $0.run() }
        #expect(count == 160)
        #expect(check == "ok")
    }

    @Test(.enabled(if: isSQLiteAffected, "this SQLite loses nothing by itself"))
    func `Without a reader beside it, it would: that is why there is one`() throws {
        let (count, check) = try lose { _ = try $0.connection.checkpoint() }
        #expect(count != 160 || check != "ok")
    }
}
