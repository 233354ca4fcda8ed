internal import TapedeckSQLite

/// What the first bytes of a database file tell about it (<https://sqlite.org/fileformat.html>, section 1.3).
///
/// They are read as plain bytes, for opening a foreign database in WAL mode with SQLite and closing it again already
/// changes it.
struct StoreHeader {
    /// The bytes that this needs.
    static let byteCount = 100

    let applicationID: Int32
    /// The schema's version (`user_version`).
    let version: Int32
    /// Counts changes to the schema: 0 as long as nothing was ever created in it.
    let schemaCookie: Int32

    /// Reads a header; nil where it is no header of a SQLite 3 database.
    ///
    /// - Parameter bytes: the beginning of page 1.
    init?(_ bytes: UnsafeRawBufferPointer) {
        guard bytes.count >= Self.byteCount, bytes.starts(with: "SQLite format 3\0".utf8) else { return nil }
        func integer(at offset: Int) -> Int32 {
            Int32(bigEndian: bytes.loadUnaligned(fromByteOffset: offset, as: Int32.self))
        }
        schemaCookie = integer(at: 40)
        version = integer(at: 60)
        applicationID = integer(at: 68)
    }

    /// Asks SQLite for the same.
    init(_ connection: borrowing Connection) throws(SQLiteError) {
        func integer(_ pragma: String) throws(SQLiteError) -> Int32 {
            Int32(truncatingIfNeeded: try connection.integer("PRAGMA \(pragma)") ?? 0)
        }
        applicationID = try integer("application_id")
        version = try integer("user_version")
        schemaCookie = try integer("schema_version")
    }
}
