internal import TapedeckSQLite

/// Looks a table's pages through for bytes where there should be none.
///
/// When SQLite moves rows between pages, it may leave copies in the space between the rows of a page, and does not know of
/// them any more when it deletes the rows. Space that was never used or was overwritten is zero.
struct LeafScan: ~Copyable {
    static let selectRootPage =
        "SELECT rootpage FROM sqlite_schema WHERE type = 'table' AND name = 'exchanges'"

    /// How many rows of a page are told: enough to choose from.
    private static let namedCells = 8

    private let file: DatabaseFile
    private let path: String
    private let pageByteCount: Int
    private var found: [LeafPage] = []
    private var patience: Int64 = 0

    init(_ path: String, pageByteCount: Int) throws {
        file = try DatabaseFile(path: path)
        self.path = path
        self.pageByteCount = pageByteCount
    }

    /// The pages that hold remains.
    ///
    /// - Parameters:
    ///   - root: the number of the page at the tree's root.
    ///   - pageCount: how many pages the file has.
    /// - Returns: every leaf with remains.
    /// - Throws: `TapedeckError` where the pages are no tree, `SQLiteError` where they cannot be read.
    mutating func remnants(root: Int64, pageCount: Int64) throws -> [LeafPage] {
        patience = pageCount
        try visit(root)
        return found
    }

    private mutating func visit(_ number: Int64) throws {
        // A tree has no page twice; a damaged file may say so.
        patience -= 1
        guard patience >= 0, number > 1 else { throw damage }
        var children: [Int64] = []
        let size = pageByteCount
        try withUnsafeTemporaryAllocation(byteCount: size, alignment: 8) { buffer in
            try file.read(into: buffer, at: Int(number - 1) * size)
            let page = UnsafeRawBufferPointer(buffer)
            switch page[0] {
            case 5: children = try Self.children(page, orElse: damage)
            case 13: if let leaf = try Self.remnant(page, orElse: damage) { found.append(leaf) }
            default: throw damage
            }
        }
        for child in children { try visit(child) }
    }

    private var damage: TapedeckError {
        TapedeckError(.corrupt, "\(path): the pages of the table are no tree; the file is damaged")
    }

    private static func integer(_ page: UnsafeRawBufferPointer, at offset: Int) -> Int {
        Int(page[offset]) << 8 | Int(page[offset + 1])
    }

    private static func children(_ page: UnsafeRawBufferPointer, orElse damage: TapedeckError) throws
        -> [Int64]
    {
        func pointer(at offset: Int) -> Int64 {
            Int64(UInt32(bigEndian: page.loadUnaligned(fromByteOffset: offset, as: UInt32.self)))
        }
        let count = integer(page, at: 3)
        guard 12 + 2 * count <= page.count else { throw damage }
        return try (0..<count).map { index in
            let offset = integer(page, at: 12 + 2 * index)
            guard offset + 4 <= page.count else { throw damage }
            return pointer(at: offset)
        } + [pointer(at: 8)]
    }

    /// The leaf, if it has remains.
    private static func remnant(
        _ page: UnsafeRawBufferPointer,
        orElse damage: TapedeckError
    ) throws -> LeafPage? {
        let count = integer(page, at: 3)
        let end = 8 + 2 * count
        guard end <= page.count else { throw damage }
        var used: [Range<Int>] = []
        var cells: [LeafPage.Cell] = []
        for index in 0..<count {
            let offset = integer(page, at: 8 + 2 * index)
            guard offset >= end, let cell = Self.cell(page, at: offset), offset + cell.byteCount <= page.count
            else { throw damage }
            used.append(offset..<offset + cell.byteCount)
            if index < namedCells { cells.append(cell) }
        }
        let freeByteCount = page.count - end - used.reduce(0) { $0 + $1.count }
        guard freeByteCount >= 0 else { throw damage }
        // Of each free block the list of them takes four bytes.
        var block = integer(page, at: 1)
        while block != 0 {
            guard block >= end, block + 4 <= page.count, used.count <= page.count else { throw damage }
            used.append(block..<block + 4)
            block = integer(page, at: block)
        }
        used.sort { $0.lowerBound < $1.lowerBound }
        // Of a page without rows the cleaner cannot reach the beginning, where only places of rows stood.
        var start = count == 0 ? LeafCleaner.unreachedByteCount : end
        for range in used + [page.count..<page.count] {
            if start < range.lowerBound, holdsRemains(page[start..<range.lowerBound]) {
                return LeafPage(cells: cells, freeByteCount: freeByteCount)
            }
            start = max(start, range.upperBound)
        }
        return nil
    }

    /// Whether there are more than four bytes in a row that are not zero: four are what is left of the list of free blocks, and
    /// no text has a zero.
    private static func holdsRemains(_ bytes: Slice<UnsafeRawBufferPointer>) -> Bool {
        var count = 0
        for byte in bytes {
            count = byte == 0 ? 0 : count + 1
            if count > 4 { return true }
        }
        return false
    }

    private static func cell(_ page: UnsafeRawBufferPointer, at offset: Int) -> LeafPage.Cell? {
        var position = offset
        func number() -> UInt64? {
            var value: UInt64 = 0
            for index in 0..<9 {
                guard position < page.count else { return nil }
                let byte = page[position]
                position += 1
                if index == 8 { return value << 8 | UInt64(byte) }
                value = value << 7 | UInt64(byte & 127)
                if byte < 128 { return value }
            }
            return value
        }
        guard let payload = number(), let id = number(), payload <= UInt64(Int32.max) else { return nil }
        let local = LeafPage.localByteCount(ofPayload: Int(payload), pageByteCount: page.count)
        return LeafPage.Cell(
            id: Int64(bitPattern: id),
            payloadByteCount: Int(payload),
            byteCount: max(4, position - offset + local)
        )
    }
}
