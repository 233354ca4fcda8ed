import Foundation
import TapedeckTestSupport
import Testing

@testable import Tapedeck
@testable import TapedeckSQLite

/// A store whose file is damaged on purpose, and mended again.
struct DamagedStore {
    let folder: TestFolder
    let path: String
    let exchanges: [RecordedExchange]
    /// The undamaged file.
    let file: Data
    let places: RowPlaces

    /// - Parameters:
    ///   - count: how many exchanges it has.
    ///   - seed: which ones.
    ///   - firstID: the id of the first one; beyond 1 as if all before it had been pruned.
    /// - Throws: what making it throws.
    init(count: Int, seed: UInt64, firstID: Int64 = 1) throws {
        var maker = ExchangeMaker(seed: seed)
        try self.init(maker.exchanges(count), firstID: firstID)
    }

    init(_ exchanges: [RecordedExchange], firstID: Int64 = 1) throws {
        folder = try TestFolder()
        path = folder.path("store.tapedeck")
        self.exchanges = exchanges
        let connection: Connection
        do {
            let store = try CaptureStore(path: path)
            connection = try Connection(path: path, access: .readWrite, busyMilliseconds: 1000)
            if firstID > 1 {
                try connection.execute("INSERT INTO sqlite_sequence VALUES ('exchanges', \(firstID - 1))")
            }
            try store.append(exchanges)
        }
        // Without a log the file is all there is.
        _ = try connection.text("PRAGMA wal_checkpoint(TRUNCATE)")
        let root = try connection.integer("SELECT rootpage FROM sqlite_schema WHERE name = 'exchanges'")
        file = try Data(contentsOf: URL(filePath: path))
        places = RowPlaces(file: file, root: Int(try #require(root)))
    }

    /// Fills the page with row `index` with noise.
    ///
    /// - Returns: the ids of the rows of that page, and the file as it is then.
    func losePage(ofRow index: Int) throws -> (ids: [Int64], file: Data) {
        let leaf = try #require(places.rows[index].bytes.first).lowerBound / 16384
        let file = try losePages([leaf + 1])
        return (places.rows.filter { $0.bytes[0].lowerBound / 16384 == leaf }.map(\.id), file)
    }

    /// Fills pages of the file as it is now with noise.
    ///
    /// - Returns: the file as it is then.
    @discardableResult
    func losePages(_ numbers: [Int]) throws -> Data {
        var file = try Data(contentsOf: URL(filePath: path))
        for number in numbers {
            let bytes = (number - 1) * 16384..<number * 16384
            file.replaceSubrange(bytes, with: Data(repeating: 0xA5, count: bytes.count))
        }
        try file.write(to: URL(filePath: path))
        return file
    }

    /// Has the page with row `index` say that it holds one row less than it does.
    ///
    /// - Returns: the id of the row that is lost by that.
    func loseLastRow(ofPageWithRow index: Int) throws -> Int64 {
        let leaf = try #require(places.rows[index].bytes.first).lowerBound / 16384
        var file = file
        // The count's two bytes, of which a page of that size needs but the lower here (file format, section 1.6).
        try #require(file[leaf * 16384 + 3] == 0 && file[leaf * 16384 + 4] > 1)
        file[leaf * 16384 + 4] -= 1
        try file.write(to: URL(filePath: path))
        return try #require(places.rows.last { $0.bytes[0].lowerBound / 16384 == leaf }).id
    }

    /// Gives row 150 another id, less than 16,384, where it stands.
    func misplaceRow150(as wrongID: Int) throws {
        // The id stands in two bytes behind the length of its payload, which has some.
        let bytes = try #require(places.rows.first { $0.id == 150 }).bytes
        let length = file[bytes[0].lowerBound...].prefix { $0 >= 0x80 }
        let place = length.endIndex + 1
        try #require(file[place] == 0x81 && file[place + 1] == 0x16)
        var file = file
        file[place] = UInt8(0x80 | (wrongID >> 7) & 0x7F)
        file[place + 1] = UInt8(wrongID & 0x7F)
        try file.write(to: URL(filePath: path))
    }

    /// What `store` finds and saves with one bit of the file changed; the findings are nil where it cannot even be opened.
    func withBitFlipped(
        _ bit: Int,
        at offset: Int,
        _ body: (CaptureStore?) throws -> Void
    ) throws {
        let handle = try FileHandle(forUpdating: URL(filePath: path))
        defer { try? handle.close() }
        try handle.seek(toOffset: UInt64(offset))
        try handle.write(contentsOf: [file[offset] ^ UInt8(1 << bit)])
        try body(try? CaptureStore(path: path, access: .salvage))
        try handle.seek(toOffset: UInt64(offset))
        try handle.write(contentsOf: [file[offset]])
    }

    /// The exchanges that a salvage brings back, in order.
    func salvaged(from store: CaptureStore) throws -> (exchanges: [RecordedExchange], summary: SalvageSummary)
    {
        let archive = folder.path("saved.jsonl")
        let summary = try store.salvage(to: archive, replaces: true)
        let reader = try ReplayReader(archive: .file(archive))
        var exchanges: [RecordedExchange] = []
        while let exchange = try reader.next() { exchanges.append(exchange) }
        return (exchanges, summary)
    }
}
