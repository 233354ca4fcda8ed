private import CTapedeckSQLite

/// A database file's plain bytes, read through SQLite's own file layer.
///
/// A process that opens a database file by itself and closes it again loses, by the rules of POSIX, the locks that
/// SQLite holds on that file in the same process (<https://sqlite.org/howtocorrupt.html>, section 2.2). SQLite's
/// file layer knows of its own locks and puts such a close off.
package struct DatabaseFile: ~Copyable {
    private let file: UnsafeMutablePointer<sqlite3_file>
    private let storage: UnsafeMutableRawPointer
    private let name: UnsafePointer<CChar>

    /// Opens the file at `path` for reading.
    package init(path: String) throws(SQLiteError) {
        guard let layer = sqlite3_vfs_find(nil), let open = layer.pointee.xOpen else {
            throw SQLiteError(SQLITE_ERROR, database: nil, operation: "find the file layer")
        }
        // Whoever opens a main database passes a name that URI parameters may be asked of.
        guard let name = sqlite3_create_filename(path, path + "-journal", path + "-wal", 0, nil) else {
            throw SQLiteError(SQLITE_NOMEM, database: nil, operation: "open")
        }
        let storage = UnsafeMutableRawPointer.allocate(byteCount: Int(layer.pointee.szOsFile), alignment: 16)
        storage.initializeMemory(as: UInt8.self, repeating: 0, count: Int(layer.pointee.szOsFile))
        let file = storage.assumingMemoryBound(to: sqlite3_file.self)
        let result = open(layer, name, file, SQLITE_OPEN_READONLY | SQLITE_OPEN_MAIN_DB, nil)
        guard result == SQLITE_OK else {
            sqlite3_free_filename(name)
            storage.deallocate()
            throw SQLiteError(result, database: nil, operation: "open")
        }
        self.file = file
        self.storage = storage
        self.name = name
    }

    deinit {
        _ = file.pointee.pMethods?.pointee.xClose?(file)
        sqlite3_free_filename(name)
        storage.deallocate()
    }

    /// Fills `buffer` from `offset` on; zeros stand for what lies beyond the file's end.
    package borrowing func read(into buffer: UnsafeMutableRawBufferPointer, at offset: Int)
        throws(SQLiteError)
    {
        let read = file.pointee.pMethods?.pointee.xRead
        let result = read?(file, buffer.baseAddress, Int32(buffer.count), Int64(offset)) ?? SQLITE_IOERR
        guard result == SQLITE_OK || result == SQLITE_IOERR | (2 << 8) else {
            throw SQLiteError(result, database: nil, operation: "read")
        }
    }

    /// Returns once what was written to the file, by anybody, is on the disk.
    package borrowing func synchronize() throws(SQLiteError) {
        let result = file.pointee.pMethods?.pointee.xSync?(file, SQLITE_SYNC_NORMAL) ?? SQLITE_IOERR
        guard result == SQLITE_OK else { throw SQLiteError(result, database: nil, operation: "sync") }
    }
}
