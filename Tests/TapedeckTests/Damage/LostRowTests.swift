import Foundation
import TapedeckTestSupport
import Testing

@testable import Tapedeck
@testable import TapedeckSQLite

/// A table that lost a row ends as one that never had it. The index still knows.
@Suite struct LostRowTests {
    let damaged: DamagedStore

    init() throws {
        damaged = try DamagedStore(count: 300, seed: 4)
    }

    private static let filters: [ExchangeFilter] = {
        var arrival = ExchangeFilter()
        arrival.order = .arrival
        var tagged = ExchangeFilter()
        tagged.protocols = [.prefix("")]
        var last = ExchangeFilter()
        last.limit = 1000
        last.isLimitFromEnd = true
        return [ExchangeFilter(), arrival, tagged, last]
    }()

    /// Reads to the end, and past every error.
    private func read(_ reader: ReplayReader) -> (numbers: [Int64], errors: [TapedeckError]) {
        var numbers: [Int64] = []
        var errors: [TapedeckError] = []
        while true {
            do throws(TapedeckError) {
                guard let next = try reader.nextNumbered() else { return (numbers, errors) }
                numbers.append(next.number)
            } catch {
                errors.append(error)
            }
        }
    }

    @Test(arguments: [0, 150, 299], filters)
    func `A reader yields what is there, and then says once that it is not all`(
        row: Int,
        filter: ExchangeFilter
    ) throws {
        let lost = try damaged.loseLastRow(ofPageWithRow: row)
        let store = try CaptureStore(path: damaged.path, access: .read)
        let (numbers, errors) = read(try ReplayReader(store: store, filter: filter))
        #expect(numbers.sorted() == (1...300).filter { $0 != lost })
        #expect(errors.map(\.code) == [.corrupt])
        #expect(errors.first?.message.contains("knows of 1 more") == true, "\(errors)")
    }

    @Test(arguments: [0, 150, 299], filters)
    func `An export ends with an error, and leaves no file`(row: Int, filter: ExchangeFilter) throws {
        _ = try damaged.loseLastRow(ofPageWithRow: row)
        let store = try CaptureStore(path: damaged.path, access: .read)
        let archive = damaged.folder.path("archive.jsonl")
        let error = #expect(throws: TapedeckError.self) {
            try store.export(to: .file(archive), filter: filter)
        }
        #expect(error?.code == .corrupt)
        #expect(!FileManager.default.fileExists(atPath: archive))
    }

    @Test(arguments: [0, 150, 299])
    func `A merge refuses such a source, and names what it lost`(row: Int) throws {
        let lost = try damaged.loseLastRow(ofPageWithRow: row)
        let target = try CaptureStore(path: damaged.folder.path("target"))
        let source = try CaptureStore(path: damaged.path, access: .read)
        let error = #expect(throws: TapedeckError.self) { try target.merge([source]) }
        #expect(error?.code == .corrupt)
        #expect(
            error?.message.contains("exchange \(lost) is damaged") == true,
            "\(String(describing: error))"
        )
        #expect(try target.count() == 0)
    }

    @Test(arguments: [1, 7, 1000])
    func `What the index has of six protocols is one range`(limit: Int) throws {
        let connection = try Connection(path: damaged.path, access: .readOnly, busyMilliseconds: 0)
        let all = try IndexedIDSearch.ids(besides: [], on: connection, unsortedLimit: limit)
        #expect(all.ids.ranges == [1...300] && all.isWhole)
        let ranges = [IDRanges(Array(10...20)), IDRanges([15, 300])]
        let some = try IndexedIDSearch.ids(besides: ranges, on: connection, unsortedLimit: limit)
        #expect(some.ids.ranges == [1...9, 21...299])
    }

    @Test func `Where the index is damaged, all ids are found that it has before`() throws {
        let damaged = try DamagedStore(
            (1...3000).map { .init(receivedNanoseconds: $0, protocol: "p", request: JSONText(integer: $0)) }
        )
        let connection = try Connection(path: damaged.path, access: .readOnly, busyMilliseconds: 0)
        let root = try connection.integer("SELECT rootpage FROM sqlite_schema WHERE type = 'index'")
        // The page of the last entries, in the header of the first one (file format, section 1.6).
        let header = (Int(try #require(root)) - 1) * 16384
        try #require(damaged.file[header] == 2)
        let last = damaged.file[header + 8..<header + 12].reduce(0) { $0 << 8 | Int($1) }
        try damaged.losePages([last])
        for limit in [10, 1 << 18] {
            let found = try IndexedIDSearch.ids(besides: [], on: connection, unsortedLimit: limit)
            #expect(found.ids.ranges.count == 1 && found.ids.ranges.first?.lowerBound == 1 && !found.isWhole)
            let upper = try #require(found.ids.ranges.first?.upperBound)
            #expect((1000..<3000).contains(upper), "\(limit): \(upper)")
        }
    }

    @Test func `A lock of another program is not taken for damage of the index`() throws {
        let writer = try Connection(path: damaged.path, access: .readWrite, busyMilliseconds: 0)
        #expect(try writer.text("PRAGMA journal_mode = DELETE") == "delete")
        let connection = try Connection(path: damaged.path, access: .readOnly, busyMilliseconds: 0)
        try writer.execute("BEGIN EXCLUSIVE")
        let error = #expect(throws: SQLiteError.self) {
            try IndexedIDSearch.ids(besides: [], on: connection)
        }
        #expect(error?.code.primary == .busy)
    }

    @Test func `An index that is not there has no ids`() throws {
        let connection = try Connection(path: damaged.path, access: .readWrite, busyMilliseconds: 0)
        try connection.execute("DROP INDEX exchanges_by_protocol_and_time")
        let found = try IndexedIDSearch.ids(besides: [], on: connection)
        #expect(found.ids.ranges.isEmpty && !found.isWhole)
    }

    @Test func `A prune that is to delete it deletes the others, and says what to do`() throws {
        let lost = try damaged.loseLastRow(ofPageWithRow: 150)
        let store = try CaptureStore(path: damaged.path)
        var options = PruneOptions()
        options.keepByteCount = 0
        let error = #expect(throws: TapedeckError.self) { try store.prune(options) }
        #expect(error?.code == .corrupt)
        for part in [damaged.path, "tapedeck verify", "tapedeck salvage"] {
            #expect(error?.message.contains(part) == true, "\(String(describing: error))")
        }
        let left = try store.withConnection { connection in
            var statement = try connection.prepare(
                "SELECT id FROM exchanges INDEXED BY exchanges_by_protocol_and_time"
            )
            var ids: [Int64] = []
            while try statement.step() { ids.append(statement.integerOrZero(at: 0)) }
            return ids
        }
        #expect(left == [lost])
    }

    @Test(arguments: [5, 257, 16_000])
    func `A row that stands out of its place never ends a reader silently`(wrongID: Int) throws {
        try damaged.misplaceRow150(as: wrongID)
        let store = try CaptureStore(path: damaged.path, access: .read)
        let (numbers, errors) = read(try ReplayReader(store: store))
        #expect(errors.map(\.code) == [.corrupt])
        #expect(Set(numbers).count == numbers.count && numbers.count < 300)
    }

    @Test(arguments: filters.dropLast(), [false, true])
    func `What was pruned, before or meanwhile, is no loss`(filter: ExchangeFilter, isMeanwhile: Bool) throws
    {
        let store = try CaptureStore(path: damaged.path)
        var options = PruneOptions()
        options.protocols = [.exact("kserve.infer"), .exact("openai.chat")]
        if !isMeanwhile { try store.prune(options) }
        let reader = try ReplayReader(store: store, filter: filter)
        let first = try #require(try reader.nextNumbered())
        if isMeanwhile { try store.prune(options) }
        try store.append([.now(protocol: "later", request: 1)])
        let (numbers, errors) = read(reader)
        #expect(errors.isEmpty && !numbers.contains(first.number) && !numbers.contains(301))
        #expect(try store.count() < 300)
    }
}
