internal import TapedeckSQLite

/// Overwrites what lies between the rows of a page.
///
/// SQLite has no means for that, but one way around: a row that grows until it takes all free bytes of its page, and shrinks
/// again, has SQLite overwrite them all, as with `secure_delete` it zeroes what a row no longer takes. The rows that others
/// see do not change, as both happens in one transaction. The row grows by its extra members, which are in no index.
struct LeafCleaner: ~Copyable {
    /// How much of the beginning of a page without rows is not overwritten.
    static let unreachedByteCount = 64

    private let pageByteCount: Int
    private var insert: Statement
    private var delete: Statement
    private var any: Statement
    private var read: Statement
    private var write: Statement

    init(_ connection: borrowing Connection) throws(SQLiteError) {
        let pageByteCount = Int(try connection.integer("PRAGMA page_size") ?? 0)
        let read = try connection.prepare("SELECT extra FROM exchanges WHERE id = ?1")
        let write = try connection.prepare("UPDATE exchanges SET extra = ?1 WHERE id = ?2")
        let insert = try connection.prepare(
            "INSERT INTO exchanges (id, recv_ts_ns, protocol, request_bytes, request) VALUES (1, 0, '', 0, ?1)"
        )
        let any = try connection.prepare("SELECT 1 FROM exchanges LIMIT 1")
        let delete = try connection.prepare("DELETE FROM exchanges WHERE id = 1")
        self.pageByteCount = pageByteCount
        self.insert = insert
        self.delete = delete
        self.any = any
        self.read = read
        self.write = write
    }

    /// Cleans a page, if it is still as it was found. To be called inside a transaction.
    ///
    /// - Parameters:
    ///   - page: what was found.
    ///   - attempt: how often it was tried before: each time with another row, as not each can grow by any number of bytes.
    /// - Throws: `SQLiteError` when the store cannot be written.
    mutating func clean(_ page: LeafPage, attempt: Int) throws(SQLiteError) {
        guard !page.cells.isEmpty else { return try cleanEmptyTable() }
        let cell = page.cells[attempt % page.cells.count]
        try read.bind(cell.id, at: 1)
        guard try read.step() else { return }
        let original = read.bytes(at: 0).map { Array($0) }
        read.reset()
        let length = grownLength(cell, extraByteCount: original?.count, by: page.freeByteCount)
        try set([UInt8](repeating: UInt8(ascii: " "), count: length), of: cell.id)
        try set(original, of: cell.id)
    }

    /// A page without rows is the only one of its table. A row that takes all of it comes and goes, with the id of one that was
    /// there before.
    private mutating func cleanEmptyTable() throws(SQLiteError) {
        guard try !holdsAny() else { return }
        let text = [UInt8](repeating: UInt8(ascii: " "), count: pageByteCount - Self.unreachedByteCount)
        try insert.bind(text: text, at: 1)
        try insert.run()
        try delete.run()
    }

    private mutating func holdsAny() throws(SQLiteError) -> Bool {
        defer { any.reset() }
        return try any.step()
    }

    private mutating func set(_ extra: [UInt8]?, of id: Int64) throws(SQLiteError) {
        if let extra { try write.bind(text: extra, at: 1) } else { try write.bindNull(at: 1) }
        try write.bind(id, at: 2)
        try write.run()
    }

    /// The length of the extra members with which the row takes `growth` bytes more of its page, or as few less as can be.
    private func grownLength(_ cell: LeafPage.Cell, extraByteCount: Int?, by growth: Int) -> Int {
        // By the record's format: a number that tells the length stands before it all (same text, section 2.1).
        func recordBytes(_ count: Int?) -> Int {
            count.map { LeafPage.variableLength(UInt64($0) * 2 + 13) + $0 } ?? 1
        }
        let rest = cell.payloadByteCount - recordBytes(extraByteCount)
        let idByteCount = LeafPage.variableLength(UInt64(bitPattern: cell.id))
        let wanted = cell.byteCount + growth
        var best = (length: 0, byteCount: 0)
        for length in 0...(extraByteCount ?? 0) + growth + pageByteCount {
            let payload = rest + recordBytes(length)
            let byteCount =
                LeafPage.variableLength(UInt64(payload)) + idByteCount
                + LeafPage.localByteCount(ofPayload: payload, pageByteCount: pageByteCount)
            if byteCount <= wanted, byteCount > best.byteCount { best = (length, byteCount) }
            if byteCount == wanted { break }
        }
        return best.length
    }
}
