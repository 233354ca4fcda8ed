import Foundation
import TapedeckTestSupport
import Testing

@testable import Tapedeck
@testable import TapedeckSQLite

/// A store in which a killed program left a commit half done.
@Suite struct HotJournalTests {
    let folder: TestFolder
    let exchanges: [RecordedExchange]
    /// The store's path.
    let left: String

    init() throws {
        folder = try TestFolder()
        left = folder.path("left")
        var maker = ExchangeMaker(seed: 9)
        exchanges = maker.exchanges(300)
        let path = folder.path("store")
        do { try CaptureStore(path: path).append(exchanges) }
        let connection = try Connection(path: path, access: .readWrite, busyMilliseconds: 0)
        #expect(try connection.text("PRAGMA journal_mode = DELETE") == "delete")
        // With so small a cache pages go into the file before the commit.
        try connection.execute(
            "PRAGMA cache_size = 2; BEGIN IMMEDIATE; UPDATE exchanges SET checksum = 1; DELETE FROM exchanges WHERE id > 200"
        )
        for suffix in ["", "-journal"] {
            try FileManager.default.copyItem(atPath: path + suffix, toPath: left + suffix)
        }
        connection.rollBack()
    }

    private var files: [String: Data] {
        get throws { try folder.snapshot().filter { $0.key.hasPrefix("left") } }
    }

    @Test
    func `A salvage brings all back that was committed, and leaves the file and its journal as they were`()
        throws
    {
        let before = try files
        #expect(before.count == 2 && before["left-journal"]?.isEmpty == false)
        let archive = folder.path("saved.jsonl")
        let names = try folder.snapshot().count
        do {
            let summary = try CaptureStore(path: left, access: .salvage).salvage(to: archive)
            #expect(summary.salvagedCount == 300 && summary.missingIDs.isEmpty)
        }
        let isSame = try ReplayReader(archive: .file(archive)).all() == exchanges
        #expect(isSame)
        let isUnchanged = try files == before
        #expect(isUnchanged)
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.url.path).count == names + 1)
    }

    /// Every commit keeps the first page in its journal.
    @Test(arguments: [0..<100, 100..<16384, 0..<16384])
    func `With a new first page it brings all back too that was committed`(lost: Range<Int>) throws {
        var file = try folder.bytes("left")
        file.replaceSubrange(lost, with: Data(repeating: 0xA5, count: lost.count))
        try file.write(to: URL(filePath: left))
        let before = try files
        let archive = folder.path("saved.jsonl")
        let summary = try CaptureStore.salvageWithNewFirstPage(path: left, to: archive)
        #expect(summary.salvagedCount == 300 && summary.missingIDs.isEmpty, "\(summary)")
        let isSame = try ReplayReader(archive: .file(archive)).all() == exchanges
        #expect(isSame)
        let isUnchanged = try files == before
        #expect(isUnchanged)
    }

    @Test func `Of an empty file what the journal has comes back`() throws {
        try Data().write(to: URL(filePath: left))
        let archive = folder.path("saved.jsonl")
        let summary = try CaptureStore.salvageWithNewFirstPage(path: left, to: archive)
        let saved = Set(try ReplayReader(archive: .file(archive)).all())
        #expect(saved.count > 100 && saved.isSubset(of: exchanges), "\(saved.count), \(summary)")
        #expect(try files["left"]?.isEmpty == true && files["left-journal"]?.isEmpty == false)
    }

    @Test(.enabled(if: SmallDisk.isAvailable, "\(SmallDisk.absence)"), arguments: [false, true])
    func `Where a copy does not fit, its folder is named and how much it takes`(withNewFirstPage: Bool) throws
    {
        let disk = try SmallDisk()
        let archive = disk.path("saved.jsonl")
        let big = folder.path("big")
        for suffix in ["", "-journal"] {
            var bytes = try folder.bytes("left" + suffix)
            if suffix.isEmpty { bytes.append(Data(count: 9 << 20)) }
            try bytes.write(to: URL(filePath: big + suffix))
        }
        let byteCount = folder.size(of: "big") + folder.size(of: "big-journal")
        let error = #expect(throws: TapedeckError.self) {
            if withNewFirstPage {
                try CaptureStore.salvageWithNewFirstPage(path: big, to: archive)
            } else {
                try CaptureStore(path: big, access: .salvage).salvage(to: archive)
            }
        }
        #expect(error?.code == .diskFull)
        let place = (archive as NSString).deletingLastPathComponent
        for part in ["\(place): the disk is full", "\(byteCount) bytes", "put the archive on another disk"] {
            #expect(error?.message.contains(part) == true, "\(String(describing: error))")
        }
        #expect(try FileManager.default.contentsOfDirectory(atPath: place) == [])
    }

    @Test func `A journal that is damaged is no way around and around`() throws {
        var journal = try folder.bytes("left-journal")
        for index in 600..<journal.count where index.isMultiple(of: 97) { journal[index] ^= 0x5A }
        try journal.write(to: URL(filePath: left + "-journal"))
        let before = try files
        _ = try? CaptureStore(path: left, access: .salvage).salvage(to: folder.path("saved.jsonl"))
        let isUnchanged = try files == before
        #expect(isUnchanged)
    }

    @Test func `A verification checks what was committed`() throws {
        #expect(try CaptureStore(path: left, access: .salvage).verify().isSound)
        #expect(try CaptureStore(path: left, access: .read).count() == 300)
    }
}
