/// Reads an archive line by line, on the thread that asks for them.
struct ArchiveLineReader: ~Copyable {
    private var reader: LineBlockReader
    private var scanner: ArchiveScanner
    private let block = LineBlock()
    private var position = 0

    init(_ input: ArchiveInput, lineLimit: Int = ArchiveScanner.defaultLineLimit) throws(TapedeckError) {
        reader = try LineBlockReader(input, lineLimit: lineLimit)
        scanner = ArchiveScanner(input.name, lineLimit: lineLimit)
    }

    /// The next line that is not blank, valid until the line after it is read; nil at the end.
    ///
    /// - Throws: when the archive cannot be read. A line that is no exchange is no such error.
    mutating func next() throws -> ArchiveLine? {
        while position == block.lines.count {
            position = 0
            guard try reader.fill(block) else { return nil }
            scanner.scan(block)
        }
        defer { position += 1 }
        return block.lines[position]
    }

    /// Why the line that was read last is no exchange, by the index that it holds.
    func reject(_ index: Int) -> ArchiveReject { block.rejects[index] }
}
