import Foundation
import TapedeckTestSupport
import Testing

@testable import Tapedeck
@testable import TapedeckSQLite

/// A prune goes by the index. One bit of it may be wrong.
@Suite struct DamagedIndexTests {
    let folder: TestFolder
    let path: String
    let exchanges: [RecordedExchange]

    init() throws {
        folder = try TestFolder()
        path = folder.path("store")
        exchanges = (1...16).map { number in
            RecordedExchange(
                receivedNanoseconds: UInt128(number),
                protocol: number % 2 == 0 ? "even" : "odd",
                request: JSONText(integer: number)
            )
        }
        try CaptureStore(path: path).append(exchanges)
    }

    /// Changes the entry of one exchange in the index (<https://sqlite.org/fileformat.html>, sections 1.6 and 2.1).
    ///
    /// - Parameters:
    ///   - id: the exchange's id.
    ///   - name: the store's file.
    ///   - change: gets the file, and where the id stands in it: at the entry's end, in one byte.
    /// - Throws: what stops it from being read or written.
    private func change(_ id: UInt8, in name: String, _ change: (inout Data, Int) -> Void) throws {
        let root: Int64?
        do {
            let connection = try Connection(
                path: folder.path(name),
                access: .readWrite,
                busyMilliseconds: 1000
            )
            _ = try connection.text("PRAGMA wal_checkpoint(TRUNCATE)")
            root = try connection.integer("SELECT rootpage FROM sqlite_schema WHERE type = 'index'")
        }
        var file = try folder.bytes(name)
        let page = (Int(try #require(root)) - 1) * 16384
        func pair(at offset: Int) -> Int { Int(file[offset]) << 8 | Int(file[offset + 1]) }
        try #require(file[page] == 0x0A, "all entries are in one page")
        var changeCount = 0
        for cell in 0..<pair(at: page + 3) {
            let entry = page + pair(at: page + 8 + 2 * cell)
            // Its length in one byte, and at its end the id, in one too.
            let place = entry + Int(file[entry])
            guard file[place] == id else { continue }
            change(&file, place)
            changeCount += 1
        }
        try #require(changeCount == 1)
        try file.write(to: folder.url.appending(path: name))
    }

    /// Has the entry of one exchange name another.
    private func name(_ other: UInt8, inEntryOf id: UInt8) throws {
        try change(id, in: "store") { $0[$1] = other }
    }

    @Test(arguments: [(3, ["even"], nil), (10, [], 9), (5, ["even"], 9), (12, ["even"], 9)])
    func `What the index names by mistake stays, and the damage is told`(
        named: UInt8,
        protocols: [String],
        before: UInt128?
    ) throws {
        try name(named, inEntryOf: 2)
        var options = PruneOptions()
        options.protocols = protocols.map { .exact($0) }
        options.beforeNanoseconds = before
        let error = #expect(throws: TapedeckError.self) { try CaptureStore(path: path).prune(options) }
        #expect(error?.code == .corrupt)
        #expect(error?.message.hasPrefix(path) == true)
        #expect(error?.message.contains("exchange \(named), which was not asked for") == true)
        #expect(error?.message.contains("verify") == true)
        #expect(try CaptureStore(path: path).exchange(id: Int64(named)) == exchanges[Int(named) - 1])
    }

    @Test(arguments: [(12, 127), (12, 0), (3, 127), (11, 127)] as [(UInt8, UInt8)], [[], ["even"]])
    func `Where the index says another length of what is kept, nothing is deleted`(
        change: (id: UInt8, byteCount: UInt8),
        protocols: [String]
    ) throws {
        let sized = (1...16).map { number in
            RecordedExchange(
                receivedNanoseconds: UInt128(number),
                protocol: number % 2 == 0 ? "even" : "odd",
                request: JSONText(string: String(repeating: "x", count: 98))
            )
        }
        let path = folder.path("sized")
        try CaptureStore(path: path).append(sized)
        // Before the id stands the length of the request; there is no response.
        try self.change(change.id, in: "sized") { file, place in
            #expect(file[place - 1] == 100)
            file[place - 1] = change.byteCount
        }
        var options = PruneOptions()
        options.protocols = protocols.map { .exact($0) }
        // Of all, the last five stay, and the one at the border is the eleventh; of the even ones, the eighth to the last.
        options.keepByteCount = protocols.isEmpty ? 599 : 499
        let isSeen = protocols.isEmpty ? change.id >= 11 : change.id == 12
        guard isSeen else {
            options.isDryRun = true
            let summary = try CaptureStore(path: path).prune(options)
            #expect(summary.matchedCount == (protocols.isEmpty ? 11 : 4))
            return
        }
        for isDryRun in [true, false] {
            options.isDryRun = isDryRun
            let error = #expect(throws: TapedeckError.self) { try CaptureStore(path: path).prune(options) }
            #expect(error?.code == .corrupt)
            #expect(error?.message.contains("nothing was deleted") == true, "\(String(describing: error))")
            #expect(try CaptureStore(path: path).count() == 16)
        }
    }

    @Test func `What the index names and is not there any more is told`() throws {
        var options = PruneOptions()
        options.protocols = [.exact("odd")]
        try CaptureStore(path: path).prune(options)
        try name(3, inEntryOf: 2)
        options.protocols = [.exact("even")]
        let error = #expect(throws: TapedeckError.self) { try CaptureStore(path: path).prune(options) }
        #expect(error?.code == .corrupt)
        #expect(error?.message.contains("exchanges that are not there") == true)
        #expect(error?.message.contains("7 exchanges deleted") == true)
        #expect(try CaptureStore(path: path).read() == [exchanges[1]])
    }
}
