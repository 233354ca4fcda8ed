import Foundation
import Tapedeck
import TapedeckTestSupport
import Testing

@testable import TapedeckSQLite

@Suite struct StoreOpeningTests {
    let folder: TestFolder

    init() throws {
        folder = try TestFolder()
    }

    /// The code of the error that opening throws; nil where it opens.
    private func code(_ path: String, _ access: CaptureStore.Access = .create) -> TapedeckError.Code? {
        do throws(TapedeckError) {
            _ = try CaptureStore(path: path, access: access)
            return nil
        } catch {
            #expect(error.message.contains(path), "a message names the file")
            return error.code
        }
    }

    /// Runs SQL with a connection that leaves its log behind, as a killed program would.
    private func leavingLog(_ path: String, _ sql: String) throws {
        let name = folder.path("left-\(UUID().uuidString)")
        do {
            if !FileManager.default.fileExists(atPath: path) { try Data().write(to: URL(filePath: path)) }
            let connection = try Connection(path: path, access: .readWrite, busyMilliseconds: 0)
            try connection.execute("PRAGMA journal_mode = WAL; PRAGMA wal_autocheckpoint = 0")
            try connection.execute(sql)
            for suffix in ["", "-wal"] {
                try FileManager.default.copyItem(atPath: path + suffix, toPath: name + suffix)
            }
        }
        for suffix in ["", "-wal"] {
            try? FileManager.default.removeItem(atPath: path + suffix)
            try FileManager.default.moveItem(atPath: name + suffix, toPath: path + suffix)
        }
        try? FileManager.default.removeItem(atPath: path + "-shm")
    }

    /// A store as a power failure in its first transaction leaves it: pages were written, and the journal says that there were none.
    private func cuttingFirstTransaction(_ path: String) throws {
        do { _ = try CaptureStore(path: path) }
        var file = try Data(contentsOf: URL(filePath: path))
        // The log comes with a later transaction (https://sqlite.org/fileformat.html, section 1.3.3).
        file.replaceSubrange(18..<20, with: [1, 1])
        try file.write(to: URL(filePath: path))
        let other = folder.path("other")
        try Data().write(to: URL(filePath: other))
        let connection = try Connection(path: other, access: .readWrite, busyMilliseconds: 0)
        try connection.execute(
            "PRAGMA page_size = 16384; PRAGMA journal_mode = DELETE; PRAGMA cache_size = 1"
        )
        // More than the cache holds, so that the journal is on the disk before the commit.
        try connection.execute(
            "BEGIN IMMEDIATE; CREATE TABLE t (x); INSERT INTO t VALUES (randomblob(1000000))"
        )
        try FileManager.default.copyItem(atPath: other + "-journal", toPath: path + "-journal")
    }

    @Test func `A store whose first transaction was cut short holds nothing, and can be begun anew`() throws {
        let path = folder.path("cut")
        try cuttingFirstTransaction(path)
        #expect(code(path, .read) == .notAStore)
        try? FileManager.default.removeItem(atPath: path)
        try cuttingFirstTransaction(path)
        let store = try CaptureStore(path: path)
        #expect(try store.count() == 0)
    }

    @Test func `A new store has the schema, the pages and the privacy that are promised`() throws {
        let path = folder.path("new store?#%41.tapedeck")
        let store = try CaptureStore(path: path)
        #expect(store.isNew)
        #expect(try store.count() == 0)
        let mode = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
        #expect(mode == 0o600)
        let log = try FileManager.default.attributesOfItem(atPath: path + "-wal")[.posixPermissions] as? Int
        #expect(log == 0o600)
        let connection = try Connection(path: path, access: .readOnly, busyMilliseconds: 0)
        #expect(try connection.integer("PRAGMA application_id") == 0x5461_7065)
        #expect(try connection.integer("PRAGMA user_version") == 1)
        #expect(try connection.integer("PRAGMA page_size") == 16384)
        #expect(try connection.integer("PRAGMA auto_vacuum") == 2)
        #expect(try connection.text("PRAGMA journal_mode") == "wal")
        #expect(try !CaptureStore(path: path, access: .write).isNew)
    }

    @Test func `Each way of not being a store has an error of its own`() throws {
        #expect(code(folder.path("absent"), .write) == .notFound)
        #expect(code(folder.path("absent"), .read) == .notFound)
        #expect(code(folder.path("absent/store")) == .folderMissing)
        #expect(code(folder.url.path) == .notAFile)
        #expect(code("/dev/null") == .notAFile)
        #expect(code(try folder.write(#"{"recv_ts_ns":1}"# + "\n", to: "archive.jsonl")) == .notAStore)
        #expect(code(try folder.write(String(repeating: "noise ", count: 4000), to: "noise")) == .notAStore)
        #expect(code(try folder.write("", to: "empty"), .read) == .notAStore)
        #expect(code(try folder.write("", to: "empty"), .create) == nil)
        #expect(!FileManager.default.fileExists(atPath: folder.path("absent")))
    }

    @Test(arguments: ["", "PRAGMA application_id = 77;", "PRAGMA user_version = 3;"])
    func `A database of another application is refused and left untouched, its log included`(pragmas: String)
        throws
    {
        let path = folder.path("foreign")
        try leavingLog(path, "\(pragmas) CREATE TABLE t (x); INSERT INTO t VALUES (1)")
        let before = try folder.snapshot()
        #expect(before["foreign-wal"]?.isEmpty == false)
        for access in [CaptureStore.Access.create, .write, .read] {
            #expect(code(path, access) == .foreignStore)
        }
        #expect(try folder.snapshot() == before)
    }

    @Test(arguments: [true, false])
    func `A store of a newer version is refused and left untouched, its log included`(isInLog: Bool) throws {
        let path = folder.path("newer")
        _ = try CaptureStore(path: path)
        if isInLog {
            try leavingLog(path, "PRAGMA user_version = 2")
        } else {
            let connection = try Connection(path: path, access: .readWrite, busyMilliseconds: 0)
            try connection.execute("PRAGMA user_version = 2")
        }
        let before = try folder.snapshot()
        #expect(before["newer-wal"] == nil || isInLog)
        for access in [CaptureStore.Access.create, .write, .read] {
            #expect(code(path, access) == .newerStore)
        }
        #expect(try folder.snapshot() == before)
    }

    @Test func `A link is refused for what it leads to, and made for nothing where it leads nowhere`() throws
    {
        let path = folder.path("newer")
        _ = try CaptureStore(path: path)
        try leavingLog(path, "PRAGMA user_version = 2")
        try FileManager.default.createSymbolicLink(atPath: folder.path("link"), withDestinationPath: "newer")
        try FileManager.default.createSymbolicLink(
            atPath: folder.path("loose"),
            withDestinationPath: "absent"
        )
        // A connection of the same process, through which SQLite might take another way in.
        let other = try Connection(path: path, access: .readOnly, busyMilliseconds: 0)
        #expect(try other.integer("PRAGMA user_version") == 2)
        for access in [CaptureStore.Access.create, .write, .read] {
            #expect(throws: TapedeckError.self) {
                try CaptureStore(path: folder.path("link"), access: access)
            }
        }
        #expect(try other.integer("PRAGMA user_version") == 2)
        #expect(throws: TapedeckError.self) { try CaptureStore(path: folder.path("loose")) }
        #expect(!FileManager.default.fileExists(atPath: folder.path("absent")))
    }

    @Test func `A newer version that was rolled back with its journal does not count`() throws {
        let path = folder.path("store")
        do {
            let store = try CaptureStore(path: path)
            try store.append([.now(protocol: "p", request: "kept")])
        }
        // A transaction in rollback mode that was spilled to the file and killed before its commit.
        do {
            let connection = try Connection(path: path, access: .readWrite, busyMilliseconds: 0)
            try connection.execute(
                "PRAGMA journal_mode = DELETE; PRAGMA cache_size = 1; PRAGMA cache_spill = 1"
            )
            try connection.execute("BEGIN IMMEDIATE; PRAGMA user_version = 9")
            try connection.execute(
                "CREATE TABLE t AS WITH n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n LIMIT 20000) SELECT x FROM n"
            )
            for suffix in ["", "-journal"] {
                try FileManager.default.copyItem(
                    atPath: path + suffix,
                    toPath: folder.path("killed") + suffix
                )
            }
            connection.rollBack()
        }
        let store = try CaptureStore(path: folder.path("killed"))
        #expect(try store.read().map(\.request) == ["kept"])
    }

    @Test func `What waits in the log of a store that was killed is there again`() throws {
        let path = folder.path("store")
        try CaptureStore(path: path).append([.now(protocol: "p", request: 1)])
        try leavingLog(
            path,
            "INSERT INTO exchanges (recv_ts_ns, protocol, request_bytes, request) VALUES (5, 'p', 1, '2')"
        )
        #expect(try CaptureStore(path: path, access: .read).read().map(\.request) == [1, 2])
    }

    @Test func `A store in rollback mode is turned to the log, and used as it is where that cannot be`()
        throws
    {
        let path = folder.path("store")
        try CaptureStore(path: path).append([.now(protocol: "p", request: 1)])
        let holder = try Connection(path: path, access: .readWrite, busyMilliseconds: 0)
        try holder.execute("PRAGMA journal_mode = DELETE; BEGIN; SELECT count(*) FROM exchanges")
        #expect(try CaptureStore(path: path, options: .init(busyTimeoutMilliseconds: 0)).count() == 1)
        #expect(try holder.text("PRAGMA journal_mode") == "delete")
        try holder.execute("COMMIT")
        let store = try CaptureStore(path: path)
        #expect(try store.count() == 1)
        // A connection learns of the change when it next reads.
        #expect(try holder.integer("SELECT count(*) FROM exchanges") == 1)
        #expect(try holder.text("PRAGMA journal_mode") == "wal")
    }
}
