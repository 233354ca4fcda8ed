import Foundation
import TapedeckTestSupport
import Testing

@testable import Tapedeck
@testable import TapedeckSQLite

@Suite struct SalvageTests {
    let damaged: DamagedStore

    init() throws {
        damaged = try DamagedStore(count: 300, seed: 4)
    }

    @Test func `All of a sound store comes back, and its file stays as it is`() throws {
        let (exchanges, summary) = try damaged.salvaged(from: CaptureStore(path: damaged.path, access: .read))
        #expect(exchanges == damaged.exchanges)
        #expect(summary.missingIDs.isEmpty && summary.isIndexReadable && summary.uncoveredCount == 0)
        #expect(try Data(contentsOf: URL(filePath: damaged.path)) == damaged.file)
    }

    @Test func `Of a table with a page of noise all other rows come back, and the missing ones are named`()
        throws
    {
        let (lost, file) = try damaged.losePage(ofRow: 150)
        let store = try CaptureStore(path: damaged.path, access: .read)
        var damages: [StoreDamage] = []
        try store.verify { damages.append($0) }
        let (exchanges, summary) = try damaged.salvaged(from: store)
        #expect(lost.count > 3)
        #expect(summary.missingIDs.flatMap(Array.init) == lost)
        #expect(
            exchanges
                == damaged.exchanges.enumerated().filter { !lost.contains(Int64($0.offset + 1)) }.map(
                    \.element
                )
        )
        #expect(damages.contains { $0.kind == .unreadable && $0.ids == lost[0]...lost[lost.count - 1] })
        #expect(try Data(contentsOf: URL(filePath: damaged.path)) == file)
    }

    @Test(arguments: [5, 7, 12])
    func `Of a file that was cut short the rows that are there come back, and all others are named`(
        pageCount: Int
    ) throws {
        let cut = pageCount * 16384 + 4711
        try damaged.file.prefix(cut).write(to: URL(filePath: damaged.path))
        #expect(throws: TapedeckError.self) { try CaptureStore(path: damaged.path, access: .read) }

        let store = try CaptureStore(path: damaged.path, access: .salvage)
        var damages: [StoreDamage] = []
        try store.verify { damages.append($0) }
        #expect(damages.first?.message == "it is shorter than its first page says")
        #expect(!damages.contains { $0.message.contains("\n") || $0.message.contains("***") })
        let (exchanges, summary) = try damaged.salvaged(from: store)
        let whole = damaged.places.rows.filter { row in row.bytes.allSatisfy { $0.upperBound <= cut } }
        #expect(exchanges == whole.map { damaged.exchanges[Int($0.id) - 1] })
        #expect(summary.missingIDs.reduce(0) { $0 + $1.count } == damaged.exchanges.count - whole.count)
    }

    @Test func `A store without its first page is said to be beyond that`() throws {
        var file = damaged.file
        file.replaceSubrange(100..<16384, with: Data(repeating: 0, count: 16284))
        try file.prefix(7 * 16384).write(to: URL(filePath: damaged.path))
        let error = #expect(throws: TapedeckError.self) {
            try CaptureStore(path: damaged.path, access: .salvage).salvage(to: damaged.folder.path("saved"))
        }
        #expect(
            error?.code == .corrupt && error?.message.contains("--new-first-page") == true,
            "\(String(describing: error))"
        )
    }

    @Test(arguments: [0..<16, 0..<100, 60..<72, 100..<600, 0..<16384])
    func `With a new first page all comes back, and the file stays as it is`(lost: Range<Int>) throws {
        var file = damaged.file
        file.replaceSubrange(lost, with: Data(repeating: 0xA5, count: lost.count))
        try file.write(to: URL(filePath: damaged.path))
        #expect(throws: TapedeckError.self) {
            try CaptureStore(path: damaged.path, access: .salvage).salvage(to: damaged.folder.path("none"))
        }
        let archive = damaged.folder.path("saved.jsonl")
        let summary = try CaptureStore.salvageWithNewFirstPage(path: damaged.path, to: archive)
        #expect(summary.salvagedCount == 300 && summary.missingIDs.isEmpty && summary.isIndexReadable)
        let read = try ReplayReader(archive: .file(archive))
        for exchange in damaged.exchanges { #expect(try read.next() == exchange) }
        #expect(try Data(contentsOf: URL(filePath: damaged.path)) == file)
        let names = try FileManager.default.contentsOfDirectory(atPath: damaged.folder.path(""))
        #expect(!names.contains { $0.contains(".partial") || $0.hasPrefix("tapedeck-") }, "\(names)")
    }

    @Test func `Of an empty file with a log what the log has comes back`() throws {
        let path = damaged.folder.path("live")
        let copy = damaged.folder.path("copy")
        do { try CaptureStore(path: path).append(Array(damaged.exchanges.prefix(100))) }
        let store = try CaptureStore(path: path)
        try store.append(Array(damaged.exchanges[100..<200]))
        try FileManager.default.copyItem(atPath: path + "-wal", toPath: copy + "-wal")
        withExtendedLifetime(store) {}
        try Data().write(to: URL(filePath: copy))
        let archive = damaged.folder.path("saved.jsonl")
        let summary = try CaptureStore.salvageWithNewFirstPage(path: copy, to: archive)
        let saved = Set(try ReplayReader(archive: .file(archive)).all())
        #expect(saved.isSuperset(of: damaged.exchanges[100..<200]), "\(summary)")
        #expect(saved.isSubset(of: damaged.exchanges[..<200]))
    }

    @Test func `Of a pruned store, whose ids begin far up, a damaged first page costs its rows alone`() throws
    {
        let damaged = try DamagedStore(count: 300, seed: 4, firstID: 5_000_001)
        let (lost, _) = try damaged.losePage(ofRow: 0)
        let (exchanges, summary) = try damaged.salvaged(from: CaptureStore(path: damaged.path, access: .read))
        #expect(lost.first == 5_000_001 && lost.count < 100)
        #expect(exchanges == Array(damaged.exchanges.dropFirst(lost.count)))
        let missing = try #require(summary.missingIDs.first)
        #expect(summary.missingIDs.count == 1 && missing.upperBound == lost.last)
    }

    @Test(arguments: [5, 151, 257, 16_000])
    func `A row that stands out of its place hides none of those behind it`(wrongID: Int) throws {
        try damaged.misplaceRow150(as: wrongID)
        let store = try CaptureStore(path: damaged.path, access: .read)
        #expect(try store.verify().isSound == false)
        let (exchanges, summary) = try damaged.salvaged(from: store)
        if exchanges.count == damaged.exchanges.count {
            let isSame = exchanges == damaged.exchanges
            #expect(isSame)
        } else {
            var others = damaged.exchanges
            others.remove(at: 149)
            let areSame = exchanges == others
            #expect(areSame, "\(exchanges.count) came back")
            #expect(summary.missingIDs == [150...150])
        }
    }

    @Test(arguments: [ExchangeFilter.Order.insertion, .arrival])
    func `A reader throws for a damaged exchange alone`(order: ExchangeFilter.Order) throws {
        let place = try #require(damaged.places.rows.first { $0.id == 150 }?.bytes.last).upperBound - 2
        var file = damaged.file
        file[place] ^= 1
        try file.write(to: URL(filePath: damaged.path))
        var filter = ExchangeFilter()
        filter.order = order
        let reader = try ReplayReader(store: CaptureStore(path: damaged.path, access: .read), filter: filter)
        var read: [Int64] = []
        var failures: [TapedeckError] = []
        var isAtEnd = false
        while !isAtEnd {
            do throws(TapedeckError) {
                let next = try reader.nextNumbered()
                if let next { read.append(next.number) }
                isAtEnd = next == nil
            } catch {
                failures.append(error)
            }
        }
        #expect(read.sorted() == Array(1...149) + Array(151...300))
        #expect(failures.map(\.code) == [.corrupt])
        #expect(failures.first?.message.hasPrefix("exchange 150 is damaged") == true)
    }

    @Test func `What is captured while it goes on is not missing`() throws {
        let store = try CaptureStore(path: damaged.path)
        let later = RecordedExchange.now(protocol: "later", request: 1)
        let summary = try store.salvage(to: damaged.folder.path("saved.jsonl")) { _ in
            #expect(throws: Never.self) { try store.append([later]) }
        }
        #expect(summary.salvagedCount == 300 && summary.missingIDs.isEmpty, "\(summary.missingIDs)")
        #expect(try store.count() == 301)
    }

    @Test func `What is in the log alone is saved too, and the log is left as it was`() throws {
        let path = damaged.folder.path("live")
        let copy = damaged.folder.path("copy")
        let store = try CaptureStore(path: path)
        let writer = try RecordingWriter(store: store)
        try writer.write(RecordedExchange(receivedNanoseconds: 1, protocol: "p", request: 1))
        try writer.flush()
        for suffix in ["", "-wal"] {
            try FileManager.default.copyItem(atPath: path + suffix, toPath: copy + suffix)
        }
        withExtendedLifetime((store, writer)) {}
        let before = try Data(contentsOf: URL(filePath: copy + "-wal"))
        let (exchanges, _) = try damaged.salvaged(from: CaptureStore(path: copy, access: .read))
        #expect(exchanges.map(\.request) == [1])
        #expect(before.count > 0)
        #expect(try Data(contentsOf: URL(filePath: copy + "-wal")) == before)
    }

    @Test func `An archive does not take the place of a store`() throws {
        let store = try CaptureStore(path: damaged.path, access: .read)
        let other = damaged.folder.path("other")
        _ = try CaptureStore(path: other)
        #expect { try store.salvage(to: other, replaces: true) } throws: {
            ($0 as? TapedeckError)?.code == .isDatabase
        }
    }
}
