/// Tells which pages are free, as a file with auto-vacuum keeps a note of what each page is for in every 3,277th or so
/// (<https://sqlite.org/fileformat.html>, section 1.8).
struct PointerMap: ~Copyable {
    private static let entryByteCount = 5
    private static let freePage: UInt8 = 2

    private var buffer = UnsafeMutableRawBufferPointer(start: nil, count: 0)
    /// The number of the page in `buffer`; 0 for none.
    private var number = 0

    deinit {
        buffer.deallocate()
    }

    /// Whether a page is noted to be free. What is in it was deleted.
    ///
    /// - Parameters:
    ///   - page: the page's number, from 3.
    ///   - pages: the file.
    /// - Returns: false too where the note cannot be read.
    mutating func isFree(_ page: Int, in pages: borrowing StorePages) -> Bool {
        if buffer.count == 0 { buffer = .allocate(byteCount: pages.pageByteCount, alignment: 16) }
        let period = pages.pageByteCount / Self.entryByteCount + 1
        let map = (page - 2) / period * period + 2
        if map != number { number = pages.read(map, into: buffer) ? map : 0 }
        return map != page && number == map && buffer[Self.entryByteCount * (page - map - 1)] == Self.freePage
    }
}
