import Foundation
import TapedeckTestSupport
import Testing

@testable import Tapedeck
@testable import TapedeckSQLite

/// Rows to which the table no longer leads.
@Suite struct PageSearchTests {
    let damaged: DamagedStore

    init() throws {
        damaged = try DamagedStore(count: 300, seed: 4)
    }

    private func page(of name: String) throws -> Int {
        let connection = try Connection(path: damaged.path, access: .readOnly, busyMilliseconds: 0)
        let page = try connection.integer("SELECT rootpage FROM sqlite_schema WHERE name = '\(name)'")
        return Int(try #require(page))
    }

    @Test(arguments: [
        ["exchanges"], ["exchanges", "exchanges_by_protocol_and_time"],
        ["exchanges", "exchanges_by_protocol_and_time", "sqlite_sequence"],
    ])
    func `Without the table's first page all rows come back in their order`(names: [String]) throws {
        let pages = try names.map(page)
        let file = try damaged.losePages(pages)
        let store = try CaptureStore(path: damaged.path, access: .salvage)
        let (exchanges, summary) = try damaged.salvaged(from: store)
        let isSame = exchanges == damaged.exchanges
        #expect(isSame, "\(exchanges.count) came back")
        #expect(summary.strayCount == 300 && summary.missingIDs.isEmpty)
        #expect(summary.isIndexReadable == (names.count == 1))
        #expect(try Data(contentsOf: URL(filePath: damaged.path)) == file)
    }

    @Test func `Without the file's first page and the table's all rows come back too`() throws {
        try damaged.losePages([1, page(of: "exchanges")])
        let archive = damaged.folder.path("saved.jsonl")
        let summary = try CaptureStore.salvageWithNewFirstPage(path: damaged.path, to: archive)
        #expect(summary.salvagedCount == 300 && summary.missingIDs.isEmpty)
        let isSame = try ReplayReader(archive: .file(archive)).all() == damaged.exchanges
        #expect(isSame)
    }

    @Test func `What else is damaged stays out, and is named`() throws {
        let lost = try damaged.losePage(ofRow: 150).ids
        try damaged.losePages([page(of: "exchanges")])
        // A bit of the last row's response.
        let place = try #require(damaged.places.rows.last?.bytes.last).upperBound - 3
        try damaged.withBitFlipped(1, at: place) { store in
            let (exchanges, summary) = try damaged.salvaged(from: try #require(store))
            let missing = lost + [300]
            #expect(summary.missingIDs.flatMap(Array.init) == missing)
            let others = damaged.places.rows.map(\.id).filter { !missing.contains($0) }
            let isSame = exchanges == others.map { damaged.exchanges[Int($0) - 1] }
            #expect(isSame)
        }
    }

    /// Row 150 stands as another one, before or behind which its page comes.
    @Test(arguments: [5, 149, 151, 290])
    func `Two rows under one id come back both, and the id that nothing has is named`(other: Int) throws {
        try damaged.misplaceRow150(as: other)
        try damaged.losePages([page(of: "exchanges")])
        let (exchanges, summary) = try damaged.salvaged(
            from: CaptureStore(path: damaged.path, access: .salvage)
        )
        #expect(summary.strayCount == 300 && summary.missingIDs == [150...150])
        #expect(Set(exchanges) == Set(damaged.exchanges) && exchanges.count == 300)
    }

    @Test func `A page that stands there twice brings its rows back once`() throws {
        try damaged.losePages([page(of: "exchanges")])
        var file = try Data(contentsOf: URL(filePath: damaged.path))
        let leaf = try #require(damaged.places.rows[150].bytes.first).lowerBound / 16384
        // Behind all others, where no map of pages calls it free.
        file += file[leaf * 16384..<(leaf + 1) * 16384]
        try file.write(to: URL(filePath: damaged.path))
        let (exchanges, summary) = try damaged.salvaged(
            from: CaptureStore(path: damaged.path, access: .salvage)
        )
        let isSame = exchanges == damaged.exchanges
        #expect(isSame && summary.strayCount == 300, "\(exchanges.count) came back")
    }

    @Test func `A copied page brings its rows back once, whatever id its first one got`() throws {
        // Without the index every id is wanted.
        try damaged.losePages([page(of: "exchanges"), page(of: "exchanges_by_protocol_and_time")])
        var file = try Data(contentsOf: URL(filePath: damaged.path))
        let leaf = try #require(damaged.places.rows[200].bytes.first).lowerBound / 16384
        let first = try #require(damaged.places.rows.first { $0.bytes[0].lowerBound / 16384 == leaf })
        // The id stands in two bytes behind the length of the payload.
        try #require(first.id >= 128)
        let cell = first.bytes[0].lowerBound
        let place = file.count + file[cell...].prefix { $0 >= 0x80 }.count + 1 + cell - leaf * 16384
        file += file[leaf * 16384..<(leaf + 1) * 16384]
        try #require(file[place] == UInt8(0x80 | first.id >> 7) && file[place + 1] == UInt8(first.id & 0x7F))
        file[place] = 0xFD
        try file.write(to: URL(filePath: damaged.path))
        let (exchanges, summary) = try damaged.salvaged(
            from: CaptureStore(path: damaged.path, access: .salvage)
        )
        // The first one under both ids.
        #expect(Set(exchanges) == Set(damaged.exchanges) && exchanges.count == 301, "\(exchanges.count)")
        #expect(summary.missingIDs.isEmpty)
    }

    @Test func `What was deleted stays so, although it stands in free pages`() throws {
        do {
            let connection = try Connection(path: damaged.path, access: .readWrite, busyMilliseconds: 0)
            try connection.execute("PRAGMA secure_delete = OFF; DELETE FROM exchanges WHERE id > 200")
            _ = try connection.text("PRAGMA wal_checkpoint(TRUNCATE)")
            #expect(try connection.integer("PRAGMA freelist_count") ?? 0 > 10)
        }
        try damaged.losePages([page(of: "exchanges")])
        let (exchanges, summary) = try damaged.salvaged(
            from: CaptureStore(path: damaged.path, access: .salvage)
        )
        let isSame = exchanges == Array(damaged.exchanges.prefix(200))
        #expect(isSame && summary.strayCount == 200, "\(exchanges.count) came back")
    }

    @Test func `Behind an inner page that is lost all rows come back`() throws {
        // Each takes a leaf of its own, and so many that the root leads to two pages, which lead to them.
        let pad = JSONText(string: String(repeating: "x", count: 9000))
        let damaged = try DamagedStore(
            (1...2200).map {
                RecordedExchange(
                    receivedNanoseconds: $0,
                    protocol: "p",
                    request: ["n": JSONText(integer: $0), "x": pad]
                )
            }
        )
        #expect(damaged.places.innerPages.count == 3)
        for page in damaged.places.innerPages.dropFirst() {
            try damaged.file.write(to: URL(filePath: damaged.path))
            try damaged.losePages([page])
            let store = try CaptureStore(path: damaged.path, access: .read)
            let (exchanges, summary) = try damaged.salvaged(from: store)
            let areSame =
                exchanges.sorted { $0.receivedNanoseconds < $1.receivedNanoseconds } == damaged.exchanges
            #expect(areSame, "\(exchanges.count) came back")
            #expect((1..<2200).contains(summary.strayCount) && summary.missingIDs.isEmpty)
        }
    }

    @Test func `A page that the log has is read from there`() throws {
        let store = try CaptureStore(path: damaged.path)
        let writer = try RecordingWriter(store: store)
        for exchange in damaged.exchanges { try writer.write(exchange) }
        try writer.flush()
        let pages = try StorePages(of: damaged.path, pageByteCount: 16384)
        var bytes = Data()
        let page = UnsafeMutableRawBufferPointer.allocate(byteCount: 16384, alignment: 16)
        defer { page.deallocate() }
        for number in 1...pages.count {
            let isRead = pages.read(number, into: page)
            #expect(isRead)
            bytes += page
        }
        let connection = try Connection(path: damaged.path, access: .readWrite, busyMilliseconds: 0)
        #expect(try connection.text("PRAGMA wal_checkpoint(TRUNCATE)") != nil)
        let isSame = try bytes == Data(contentsOf: URL(filePath: damaged.path))
        let isBeyond = !pages.read(pages.count + 1, into: page)
        #expect(isSame && bytes != damaged.file && isBeyond)
    }

    @Test func `A frame of the log whose checksum does not fit ends it`() throws {
        let store = try CaptureStore(path: damaged.path)
        let writer = try RecordingWriter(store: store)
        for exchange in damaged.exchanges { try writer.write(exchange) }
        try writer.flush()
        let log = damaged.path + "-wal"
        let places = try WriteAheadLog.pagePlaces(in: log)
        let last = try #require(places.values.max())
        var bytes = try Data(contentsOf: URL(filePath: log))
        // A page of the last frame's that no file could have.
        bytes[last - 24] ^= 0x80
        let copy = damaged.folder.path("copy-wal")
        try bytes.write(to: URL(filePath: copy))
        let found = try WriteAheadLog.pagePlaces(in: copy)
        #expect(!found.isEmpty && !found.values.contains(last))
        #expect(found.keys.allSatisfy { places[$0] != nil })
        bytes[last - 24] ^= 0x80
        try bytes.write(to: URL(filePath: copy))
        #expect(try WriteAheadLog.pagePlaces(in: copy) == places)
    }

    @Test func `Ids are taken out of others`() {
        var ids = IDRanges()
        for range in [1...10, 20...30, 40...Int64.max] as [ClosedRange<Int64>] { ids.add(range) }
        var others = IDRanges()
        for range in [0...2, 5...6, 9...22, 24...24, 30...50, 60...Int64.max] as [ClosedRange<Int64>] {
            others.add(range)
        }
        #expect(ids.subtracting(others).ranges == [3...4, 7...8, 23...23, 25...29, 51...59])
        #expect(ids.subtracting(IDRanges()).ranges == ids.ranges && ids.subtracting(ids).ranges.isEmpty)
    }
}
