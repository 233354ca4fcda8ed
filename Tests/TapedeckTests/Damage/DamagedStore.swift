import Foundation
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

    init(count: Int, seed: UInt64) throws {
        folder = try TestFolder()
        path = folder.path("store.tapedeck")
        var maker = ExchangeMaker(seed: seed)
        exchanges = maker.exchanges(count)
        let connection: Connection
        do {
            let store = try CaptureStore(path: path)
            try store.append(exchanges)
            connection = try Connection(path: path, access: .readWrite, busyMilliseconds: 1000)
        }
        // Without a log the file is all there is.
        _ = try connection.text("PRAGMA wal_checkpoint(TRUNCATE)")
        let root = try connection.integer("SELECT rootpage FROM sqlite_schema WHERE name = 'exchanges'")
        file = try Data(contentsOf: URL(filePath: path))
        places = RowPlaces(file: file, root: Int(try #require(root)))
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
