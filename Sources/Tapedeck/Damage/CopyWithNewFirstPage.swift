#if canImport(Glibc)
private import Glibc
#elseif canImport(Musl)
private import Musl
#else
private import Darwin
#endif

/// A copy of a store's file that has the first page of a new store instead of its own, and of its log if there is one.
///
/// That page says which tables there are and where they begin. Every store is made by the same statements, so that it is the
/// same in each but for counters (<https://sqlite.org/fileformat.html>, section 1.3).
struct CopyWithNewFirstPage: ~Copyable {
    private static let pageByteCount = 16384
    /// Where the page says how many there are. With 0 there SQLite goes by the file's length.
    private static let pageCountPlace = 28..<32

    private let file: AtomicFile

    /// The copy's path, until this value ends.
    var path: String { file.temporaryPath }

    /// - Parameters:
    ///   - source: the path of the damaged file.
    ///   - place: a path beside which the copy is made.
    /// - Throws: `TapedeckError` or `SystemError` when either cannot be read or written.
    init(of source: String, beside place: String) throws {
        let file = try AtomicFile(place, needsName: true)
        try Self.newFirstPage().withUnsafeBytes { try file.descriptor.write($0) }
        try Self.copy(source, from: Self.pageByteCount, to: file.descriptor)
        if try StoreInspector.hasContent(source + "-wal") {
            do {
                let log = try FileDescriptor(file.temporaryPath + "-wal", .create)
                try Self.copy(source + "-wal", from: 0, to: log)
            } catch {
                unlink(file.temporaryPath + "-wal")
                throw error
            }
        }
        self.file = file
    }

    deinit {
        for suffix in ["-wal", "-shm"] { unlink(path + suffix) }
    }

    private static func newFirstPage() throws -> [UInt8] {
        let folder = try TemporaryFolder()
        let path = folder.path + "/store"
        // Closed again, so that nothing of it is left in a log.
        _ = try CaptureStore(path: path)
        var page = [UInt8](repeating: 0, count: pageByteCount)
        let input = try FileDescriptor(path, .read)
        let count = try page.withUnsafeMutableBytes { try input.read(into: $0, at: 0) }
        precondition(count == pageByteCount, "a new store has its first page in its file")
        page.replaceSubrange(pageCountPlace, with: repeatElement(0, count: pageCountPlace.count))
        return page
    }

    private static func copy(_ source: String, from start: Int, to output: borrowing FileDescriptor) throws {
        let input = try FileDescriptor(source, .read)
        var offset = start
        try withUnsafeTemporaryAllocation(byteCount: 1 << 20, alignment: 16) { buffer in
            while case let count = try input.read(into: buffer, at: offset), count > 0 {
                try output.write(UnsafeRawBufferPointer(rebasing: buffer[..<count]))
                offset += count
            }
        }
    }
}
