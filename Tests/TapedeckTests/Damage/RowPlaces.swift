import Foundation

/// Where in a store's file each row of `exchanges` stands: the bytes of its cell and those of its overflow pages
/// (<https://sqlite.org/fileformat.html>, section 1.6).
struct RowPlaces {
    private let file: Data
    private let pageSize: Int
    /// The numbers of the pages above the leaves; the root comes first.
    private(set) var innerPages: [Int] = []
    private(set) var rows: [(id: Int64, bytes: [Range<Int>])] = []

    /// - Parameters:
    ///   - file: the whole file, without a write-ahead log.
    ///   - root: the number of the table's first page.
    init(file: Data, root: Int) {
        self.file = file
        let size = Int(file[16]) << 8 | Int(file[17])
        pageSize = size == 1 ? 65536 : size
        visit(root)
    }

    private mutating func visit(_ page: Int) {
        let start = (page - 1) * pageSize
        let header = start + (page == 1 ? 100 : 0)
        let cellCount = integer(at: header + 3, byteCount: 2)
        let isLeaf = file[header] == 0x0D
        if !isLeaf { innerPages.append(page) }
        precondition(isLeaf || file[header] == 0x05, "page \(page) is of no table")
        for cell in 0..<cellCount {
            let pointer = header + (isLeaf ? 8 : 12) + 2 * cell
            let place = start + integer(at: pointer, byteCount: 2)
            if isLeaf { addRow(at: place) } else { visit(integer(at: place, byteCount: 4)) }
        }
        if !isLeaf { visit(integer(at: header + 8, byteCount: 4)) }
    }

    private mutating func addRow(at start: Int) {
        var position = start
        let byteCount = Int(variableInteger(at: &position))
        let id = variableInteger(at: &position)
        let most = pageSize - 35
        var local = byteCount
        if byteCount > most {
            let least = (pageSize - 12) * 32 / 255 - 23
            let rest = least + (byteCount - least) % (pageSize - 4)
            local = rest <= most ? rest : least
        }
        var bytes = [start..<position + local + (local < byteCount ? 4 : 0)]
        var left = byteCount - local
        var next = left > 0 ? integer(at: position + local, byteCount: 4) : 0
        while left > 0 {
            let page = (next - 1) * pageSize
            let used = min(left, pageSize - 4)
            // The last page of a chain leads nowhere: its first four bytes are zeros that nothing reads.
            bytes.append((left > used ? page : page + 4)..<page + 4 + used)
            left -= used
            next = integer(at: page, byteCount: 4)
        }
        rows.append((id: id, bytes: bytes))
    }

    private func integer(at offset: Int, byteCount: Int) -> Int {
        (0..<byteCount).reduce(0) { $0 << 8 | Int(file[offset + $1]) }
    }

    private func variableInteger(at position: inout Int) -> Int64 {
        var value: UInt64 = 0
        for index in 0..<9 {
            let byte = file[position]
            position += 1
            if index == 8 { return Int64(bitPattern: value << 8 | UInt64(byte)) }
            value = value << 7 | UInt64(byte & 0x7F)
            if byte < 0x80 { break }
        }
        return Int64(bitPattern: value)
    }
}
