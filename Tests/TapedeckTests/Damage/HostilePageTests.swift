import Foundation
import TapedeckTestSupport
import Testing

@testable import Tapedeck
@testable import TapedeckSQLite

/// Pages that say anything. Whatever it is, all other rows come back, none is made up, and what does not come back is named.
@Suite struct HostilePageTests {
    let damaged: DamagedStore

    init() throws {
        // Every tenth one goes on in pages of its own, the last in 64 of them.
        damaged = try DamagedStore(
            (1...200).map { number in
                let isLong = number.isMultiple(of: 10)
                let byteCount = number == 200 ? 1_050_000 : isLong ? 40_000 : 300
                return RecordedExchange(
                    receivedNanoseconds: UInt128(number),
                    protocol: "p",
                    request: ["n": JSONText(integer: number)],
                    response: JSONText(string: String(repeating: "x", count: byteCount))
                )
            }
        )
    }

    private static let pageByteCount = 16384

    /// Where the cell of a row begins.
    private func cell(of id: Int64) throws -> Int {
        try #require(damaged.places.rows.first { $0.id == id }?.bytes.first).lowerBound
    }

    private func leaf(of id: Int64) throws -> Int {
        try cell(of: id) / Self.pageByteCount * Self.pageByteCount
    }

    private func ids(inLeafOf id: Int64) throws -> Set<Int64> {
        let leaf = try leaf(of: id)
        return Set(
            damaged.places.rows.filter {
                $0.bytes[0].lowerBound / Self.pageByteCount * Self.pageByteCount == leaf
            }
            .map(\.id)
        )
    }

    /// Salvages from the file with a change in it, and without the table's first page if it is not to lead to anything.
    ///
    /// - Returns: the ids that did not come back.
    private func lost(without root: Bool, _ change: (inout Data) throws -> Void) throws -> Set<Int64> {
        var file = damaged.file
        if root {
            let start = (damaged.places.innerPages[0] - 1) * Self.pageByteCount
            file.replaceSubrange(
                start..<start + Self.pageByteCount,
                with: Data(repeating: 0xA5, count: Self.pageByteCount)
            )
        }
        try change(&file)
        try file.write(to: URL(filePath: damaged.path))
        let (exchanges, summary) = try damaged.salvaged(
            from: try CaptureStore(path: damaged.path, access: .salvage)
        )
        let saved = exchanges.map { Int64($0.receivedNanoseconds) }
        let lost = Set(1...200).subtracting(saved)
        let areSame = exchanges.allSatisfy { $0 == damaged.exchanges[Int($0.receivedNanoseconds) - 1] }
        #expect(areSame && Set(saved).count == saved.count, "\(saved.count) came back")
        let missing = Set(summary.missingIDs.flatMap { $0.clamped(to: 0...201) })
        #expect(lost.isSubset(of: missing), "\(lost) and \(summary.missingIDs)")
        return lost
    }

    /// Bytes in the place of the beginning of a cell: the length of its payload, its id, and the record's header.
    private static let beginnings: [[UInt8]] = [
        // Lengths of nine bytes: 2^63 - 1, -1, -2^63, 0, and 1 that takes more bytes than it needs.
        [0xBF] + Array(repeating: 0xFF, count: 8), Array(repeating: 0xFF, count: 9),
        [0xC0] + Array(repeating: 0x80, count: 7) + [0], Array(repeating: 0x80, count: 8) + [0],
        Array(repeating: 0x80, count: 8) + [1],
        // The longest payload that there may be, and one byte more.
        [0x81, 0x80, 0x84, 0x80, 0x00], [0x81, 0x80, 0x84, 0x80, 0x01],
        // Ids: -1, the least, the largest.
        [0x83, 0x20] + Array(repeating: 0xFF, count: 9),
        [0x83, 0x20, 0xC0] + Array(repeating: 0x80, count: 7) + [0],
        [0x83, 0x20, 0xBF] + Array(repeating: 0xFF, count: 8),
        // Headers: none, one that is longer than the payload, a negative one.
        [0x83, 0x20, 0x81, 0x16, 0], [0x83, 0x20, 0x81, 0x16, 0xFF, 0xFF, 0x7F],
        [0x83, 0x20, 0x81, 0x16, 0xC0] + Array(repeating: 0x80, count: 8),
        // Types: -1, 2^63 - 1, the two that are reserved, a text of 2 GiB.
        [0x83, 0x20, 0x81, 0x16, 12, 0] + Array(repeating: 0xFF, count: 9),
        [0x83, 0x20, 0x81, 0x16, 12, 0, 0xBF] + Array(repeating: 0xFF, count: 8),
        [0x83, 0x20, 0x81, 0x16, 12, 10, 11],
        [0x83, 0x20, 0x81, 0x16, 12, 0, 1, 0, 0x90, 0x80, 0x80, 0x80, 0x0D],
    ]

    @Test(arguments: beginnings, [false, true])
    func `A row whose beginning says anything costs itself alone`(beginning: [UInt8], withoutRoot: Bool)
        throws
    {
        // The second goes on in other pages.
        let id: Int64 = withoutRoot ? 150 : 149
        let place = try cell(of: id)
        let lost = try lost(without: withoutRoot) { file in
            file.replaceSubrange(place..<place + beginning.count, with: beginning)
        }
        #expect(lost.isSubset(of: [id]), "\(lost)")
    }

    /// The count of cells, and the pointers to them.
    @Test(arguments: [[0xFF, 0xFF], [0x1F, 0xFC], [0, 0], [0x7F, 0xFF]] as [[UInt8]], [false, true])
    func `A leaf that counts its rows wrong costs its own rows at the most`(count: [UInt8], withoutRoot: Bool)
        throws
    {
        let leaf = try leaf(of: 100)
        let lost = try lost(without: withoutRoot) { $0.replaceSubrange(leaf + 3..<leaf + 5, with: count) }
        #expect(lost.isSubset(of: try ids(inLeafOf: 100)), "\(lost)")
    }

    @Test(
        arguments: [[0xFF, 0xFF], [0, 0], [0, 8], [0x3F, 0xFF], [0x3F, 0xFC]] as [[UInt8]],
        [false, true]
    )
    func `A pointer that leads out of the page or into its header costs one row`(
        pointer: [UInt8],
        withoutRoot: Bool
    ) throws {
        let leaf = try leaf(of: 100)
        let first = try #require(ids(inLeafOf: 100).min())
        let lost = try lost(without: withoutRoot) { $0.replaceSubrange(leaf + 8..<leaf + 10, with: pointer) }
        #expect(lost == [first])
    }

    @Test func `Two pointers to one row bring it back once`() throws {
        let leaf = try leaf(of: 100)
        let ids = try ids(inLeafOf: 100).sorted()
        let lost = try lost(without: true) { file in
            file.replaceSubrange(leaf + 10..<leaf + 12, with: Data(file[leaf + 8..<leaf + 10]))
        }
        #expect(lost == [ids[1]])
    }

    @Test func `An inner page that says that it is a leaf costs nothing`() throws {
        let root = (damaged.places.innerPages[0] - 1) * Self.pageByteCount
        #expect(try lost(without: false) { $0[root] = 0x0D } == [])
    }

    @Test func `A leaf that says that it is an inner page costs its rows`() throws {
        let leaf = try leaf(of: 100)
        let lost = try lost(without: true) { $0[leaf] = 0x05 }
        #expect(lost == (try ids(inLeafOf: 100)))
    }

    /// Has a row whose payload has 16 KiB to 2 MiB claim that its response is longer. By whole overflow pages, the first of
    /// them is found where it was.
    private func lengthen(_ cell: Int, by byteCount: Int, in file: inout Data) {
        func add(_ number: Int, toThreeBytesAt place: Int) {
            let former = file[place..<place + 3].reduce(0) { $0 << 7 | Int($1 & 0x7F) }
            let sum = former + number
            file.replaceSubrange(
                place..<place + 3,
                with: [UInt8(0x80 | sum >> 14), UInt8(0x80 | sum >> 7 & 0x7F), UInt8(sum & 0x7F)]
            )
        }
        add(byteCount, toThreeBytesAt: cell)
        // Behind the id the record's header, which says its own length first, and the type of the response last.
        let header = cell + 3 + (file[cell + 3] < 0x80 ? 1 : 2)
        add(2 * byteCount, toThreeBytesAt: header + Int(file[header]) - 3)
    }

    @Test func `Chains of pages that lead in circles cost no row but their own`() throws {
        let rows = damaged.places.rows.filter { $0.bytes.count > 1 }
        try #require(rows.count == 20 && rows[19].bytes.count > 60)
        for target in ["itself", "the one before", "nowhere", "far away", "the sound one's"] {
            let lost = try lost(without: true) { file in
                for row in rows.dropLast() {
                    // Were all of that read, there would be no patience left for as many pages of the sound one.
                    lengthen(row.bytes[0].lowerBound, by: 60 * (Self.pageByteCount - 4), in: &file)
                    let pages = row.bytes.dropFirst().map { $0.lowerBound / Self.pageByteCount + 1 }
                    let next =
                        switch target {
                        case "itself": pages[1]
                        case "the one before": pages[0]
                        case "nowhere": 0
                        case "far away": Int(UInt32.max)
                        default: rows[rows.count - 1].bytes[60].lowerBound / Self.pageByteCount + 1
                        }
                    let link = (pages[1] - 1) * Self.pageByteCount
                    let bytes = (0..<4).map { UInt8(next >> (24 - 8 * $0) & 0xFF) }
                    file.replaceSubrange(link..<link + 4, with: bytes)
                }
            }
            #expect(lost == Set(rows.dropLast().map(\.id)), "\(target): \(lost.sorted())")
        }
    }

    @Test(arguments: [0, 1, 2, 3, 511, 512, 1000, 1024, 4096, 8192, 32768, 65535])
    func `Where a first page gives pages another length, a new one brings all back`(
        byteCount: Int
    ) throws {
        var file = damaged.file
        file.replaceSubrange(16..<18, with: [UInt8(byteCount >> 8), UInt8(byteCount & 0xFF)])
        try file.write(to: URL(filePath: damaged.path))
        let archive = damaged.folder.path("saved.jsonl")
        let summary = try CaptureStore.salvageWithNewFirstPage(path: damaged.path, to: archive)
        #expect(summary.salvagedCount == 200 && summary.missingIDs.isEmpty)
    }

    @Test func `A log that names a page far beyond all others is searched as far as there is anything`()
        throws
    {
        let store = try CaptureStore(path: damaged.path)
        try store.append([.now(protocol: "p", request: 1)])
        let copy = damaged.folder.path("copy")
        try damaged.file.write(to: URL(filePath: copy))
        var log = try Data(contentsOf: URL(filePath: damaged.path + "-wal"))
        withExtendedLifetime(store) {}
        let frameByteCount = 24 + Self.pageByteCount
        let last = log.count - frameByteCount
        // The last frame's page, and then its checksum, which goes on from all before it.
        log.replaceSubrange(last..<last + 4, with: [0xFF, 0xFF, 0xFF, 0xF0])
        var checksum = LogChecksum(isBigEndian: log[3] & 1 == 1)
        log.withUnsafeBytes { bytes in
            checksum.add(UnsafeRawBufferPointer(rebasing: bytes[..<24]))
            for frame in stride(from: 32, through: last, by: frameByteCount) {
                checksum.add(UnsafeRawBufferPointer(rebasing: bytes[frame..<frame + 8]))
                checksum.add(UnsafeRawBufferPointer(rebasing: bytes[frame + 24..<frame + frameByteCount]))
            }
        }
        let sums = [checksum.first, checksum.second].flatMap { sum in
            (0..<4).map { UInt8(truncatingIfNeeded: sum >> (24 - 8 * $0)) }
        }
        log.replaceSubrange(last + 16..<last + 24, with: sums)
        try log.write(to: URL(filePath: copy + "-wal"))
        let pages = try StorePages(of: copy, pageByteCount: Self.pageByteCount)
        #expect(pages.count == damaged.file.count / Self.pageByteCount + 1)
        #expect(pages.number(at: pages.count - 1) == 0xFFFF_FFF0)
    }

    @Test(arguments: 1...4 as ClosedRange<UInt64>)
    func `Of pages of noise, and of pages with some noise in them, no row is made up`(seed: UInt64) throws {
        var generator = ExchangeMaker.Generator(state: seed)
        let exchanges = Set(damaged.exchanges)
        let leaves = Set(damaged.places.rows.map { $0.bytes[0].lowerBound / Self.pageByteCount }).sorted()
        var check = RowCheck()
        var cellCount = 0
        for round in 0..<1000 {
            var page: [UInt8]
            if round.isMultiple(of: 2) {
                let byteCount = try #require([512, 1024, 4096].randomElement(using: &generator))
                page = (0..<byteCount / 8).flatMap { _ in
                    withUnsafeBytes(of: generator.next()) { Array($0) }
                }
                // Else few of them would be taken for a leaf, and few pointers lead into it.
                page[0] = 0x0D
                page[3] = 0
                for index in 0..<Int(page[4]) where 8 + 2 * index < page.count {
                    page[8 + 2 * index] &= UInt8(byteCount >> 8) - 1
                }
            } else {
                let leaf = try #require(leaves.randomElement(using: &generator)) * Self.pageByteCount
                page = Array(damaged.file[leaf..<leaf + Self.pageByteCount])
                for _ in 0..<Int.random(in: 1...200, using: &generator) {
                    page[Int.random(in: 1..<page.count, using: &generator)] = .random(
                        in: 0...255,
                        using: &generator
                    )
                }
            }
            page.withUnsafeBytes { bytes in
                guard let leaf = TableLeaf(bytes) else { return }
                for index in 0..<leaf.cellCount {
                    guard let cell = leaf.cell(at: index) else { continue }
                    cellCount += 1
                    guard let record = ExchangeRecord(cell.local, payloadByteCount: cell.payloadByteCount),
                        cell.overflowPage == nil, let row = record.row(id: cell.id, in: cell.local),
                        check.isSound(row)
                    else { continue }
                    let isKnown = exchanges.contains(RecordedExchange(copying: row.content))
                    #expect(isKnown, "round \(round), cell \(index)")
                }
            }
        }
        #expect(cellCount > 1000)
    }
}
