import CTapedeckSQLite
import TapedeckTestSupport
import Testing

@testable import Tapedeck
@testable import TapedeckSQLite

/// What a file from anywhere may not do (<https://sqlite.org/security.html>).
@Suite struct ConnectionSettingsTests {
    let folder: TestFolder
    let path: String

    init() throws {
        folder = try TestFolder()
        path = folder.path("hostile")
        var handle: OpaquePointer?
        defer { sqlite3_close_v2(handle) }
        // As another program would make it, with none of our settings.
        let result = sqlite3_open(path, &handle)
        try #require(result == SQLITE_OK)
        let sql = """
            CREATE TABLE t (x);
            CREATE TABLE log (x);
            CREATE VIEW v AS SELECT 1 AS x;
            CREATE TRIGGER g AFTER INSERT ON t BEGIN INSERT INTO log VALUES (new.x); END;
            CREATE TABLE computed (n INTEGER, x AS (zeroblob(n)));
            INSERT INTO computed VALUES (1000), (300000000);
            """
        try #require(sqlite3_exec(handle, sql, nil, nil, nil) == SQLITE_OK)
    }

    private func connect() throws -> Connection {
        try Connection(path: path, access: .readWrite, busyMilliseconds: 0)
    }

    private func code(_ sql: String) throws -> SQLiteError.Code? {
        let connection = try connect()
        do throws(SQLiteError) {
            try connection.execute(sql)
            return nil
        } catch {
            return error.code.primary
        }
    }

    @Test func `A connection has no lock of its own, as only one thread at a time is let at it`() throws {
        let connection = try connect()
        #expect(sqlite3_threadsafe() != 0)
        #expect(sqlite3_db_mutex(connection.handle) == nil)
    }

    @Test func `A trigger of the file does not run`() throws {
        let connection = try connect()
        try connection.execute("INSERT INTO t VALUES (1)")
        #expect(try connection.integer("SELECT count(*) FROM t") == 1)
        #expect(try connection.integer("SELECT count(*) FROM log") == 0)
    }

    @Test func `A view of the file is not read`() throws {
        #expect(try code("SELECT * FROM v") != nil)
    }

    @Test func `The schema is not written by hand, nor is the file left without its journal`() throws {
        #expect(try code("PRAGMA writable_schema = ON; DELETE FROM sqlite_schema WHERE name = 'v'") != nil)
        let connection = try connect()
        #expect(try connection.text("PRAGMA journal_mode = OFF") == "delete")
    }

    @Test func `No extension is loaded`() throws {
        let connection = try connect()
        let error = #expect(throws: SQLiteError.self) {
            try connection.execute("SELECT load_extension('nothing')")
        }
        #expect(error?.message.contains("not authorized") == true)
    }

    @Test func `The schema is not trusted`() throws {
        #expect(try connect().integer("PRAGMA trusted_schema") == 0)
    }

    @Test func `No value may be longer than a line of an archive and the room around it`() throws {
        #expect(try code("SELECT length(x) FROM computed WHERE n = 1000") == nil)
        #expect(try code("SELECT x FROM computed WHERE n = 300000000") == .tooBig)
        let limit = Int(Connection.lengthLimitByteCount)
        #expect(sqlite3_limit(try connect().handle, SQLITE_LIMIT_LENGTH, -1) == limit)
        // The row around the longest line: numbers, a header and what canonical text adds to the rest of the members.
        #expect(limit - ArchiveScanner.defaultLineLimit == 64 << 10)
    }

    @Test
    func
        `A store checks the cells of each page, keeps little of a long log and waits as long as it was told`()
        throws
    {
        let store = try CaptureStore(
            path: folder.path("store"),
            options: .init(busyTimeoutMilliseconds: 1234)
        )
        for access in [CaptureStore.Access.write, .read] {
            let opener = StoreOpener(path: store.path, access: access, options: store.opener.options)
            let connection = try opener.connect()
            #expect(try connection.integer("PRAGMA cell_size_check") == 1)
            #expect(try connection.integer("PRAGMA journal_size_limit") == 32 << 20)
            #expect(connection.lockWaitLimit == .milliseconds(1234))
            #expect(try connection.integer("PRAGMA query_only") == (access == .read ? 1 : 0))
        }
    }
}
