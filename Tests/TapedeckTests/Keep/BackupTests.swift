import Foundation
import Synchronization
import TapedeckTestSupport
import Testing

@testable import Tapedeck
@testable import TapedeckSQLite

@Suite struct BackupTests {
    let folder: TestFolder
    let store: CaptureStore
    let exchanges: [RecordedExchange]

    init() throws {
        folder = try TestFolder()
        store = try CaptureStore(path: folder.path("store"))
        var maker = ExchangeMaker(seed: 11)
        exchanges = maker.exchanges(2000)
        try store.append(exchanges)
    }

    private func code(_ destination: String, replaces: Bool = false) -> TapedeckError.Code? {
        var options = BackupOptions()
        options.replaces = replaces
        do throws(TapedeckError) {
            try store.backUp(to: destination, options: options)
            return nil
        } catch {
            return error.code
        }
    }

    private func integrity(_ path: String) throws -> String? {
        try Connection(path: path, access: .immutable, busyMilliseconds: 0).text("PRAGMA integrity_check")
    }

    @Test func `A backup holds what the store holds, is whole, private, and alone`() throws {
        let summary = try store.backUp(to: folder.path("copy"))
        #expect(summary.lastID == 2000)
        #expect(summary.byteCount == summary.totalByteCount)
        #expect(summary.byteCount == folder.size(of: "copy"))
        #expect(try integrity(folder.path("copy")) == "ok")
        let names = try folder.snapshot().keys.filter { $0.hasPrefix("copy") }
        #expect(names == ["copy"])
        let mode =
            try FileManager.default.attributesOfItem(atPath: folder.path("copy"))[.posixPermissions] as? Int
        #expect(mode == 0o600)
        #expect(try CaptureStore(path: folder.path("copy"), access: .read).read() == exchanges)
        try CaptureStore(path: folder.path("copy")).append([.now(protocol: "p", request: 1)])
    }

    @Test func `A backup is the store of the moment it began, whoever writes meanwhile`() throws {
        let big = JSONText(string: String(repeating: "x", count: 1 << 20))
        try store.append((0..<12).map { _ in .now(protocol: "p", request: big) })
        let sink = Mutex(try CaptureStore(path: store.path))
        let steps = Mutex(0)
        var options = BackupOptions()
        options.progress = { _ in
            // Each step meets a commit of another connection, after which SQLite alone would begin anew.
            steps.withLock { $0 += 1 }
            sink.withLock { try? $0.append([.now(protocol: "later", request: 1)]) }
        }
        let summary = try store.backUp(to: folder.path("copy"), options: options)
        let stepCount = steps.withLock { $0 }
        #expect(stepCount >= 3)
        #expect(stepCount == (summary.totalByteCount + (4 << 20) - 1) / (4 << 20))
        #expect(try store.count() == 2012 + stepCount)
        let copy = try CaptureStore(path: folder.path("copy"), access: .read)
        #expect(try copy.count() == 2012)
        #expect(summary.lastID == 2012)
        #expect(try integrity(folder.path("copy")) == "ok")
    }

    @Test func `A file that is there stays, unless it is to be replaced`() throws {
        let path = try folder.write("older", to: "copy")
        #expect(code(path) == .exists)
        #expect(try folder.bytes("copy") == Data("older".utf8))
        #expect(code(path, replaces: true) == nil)
        #expect(try CaptureStore(path: path, access: .read).count() == 2000)
    }

    @Test func `A damaged copy does not take the place of the last good one, unless it need not be verified`()
        throws
    {
        let path = folder.path("copy")
        try store.backUp(to: path)
        let good = try folder.bytes("copy")
        let connection = try Connection(path: store.path, access: .readWrite, busyMilliseconds: 1000)
        try connection.execute("UPDATE exchanges SET checksum = checksum + 1 WHERE id = 1234")
        #expect(code(path, replaces: true) == .corrupt)
        #expect(try folder.bytes("copy") == good)
        #expect(try folder.snapshot().keys.allSatisfy { !$0.contains("partial") })
        var options = BackupOptions()
        options.replaces = true
        options.verifiesReplacement = false
        #expect(try !store.backUp(to: path, options: options).isVerified)
        #expect(try folder.bytes("copy") != good)
    }

    @Test func `What killed backups left is found, and nothing else`() throws {
        let names = [
            "copy.partial-1-2", "copy.partial-1-2-wal", "copy.partial-3-4", "copy", "copies.partial-1-2",
        ]
        for name in names { _ = try folder.write("", to: name) }
        #expect(
            CaptureStore.partialBackups(of: folder.path("copy")) == [0, 1, 2].map { folder.path(names[$0]) }
        )
        #expect(CaptureStore.partialBackups(of: folder.path("absent/copy")).isEmpty)
    }

    @Test func `A file that comes to be meanwhile stays too`() throws {
        let (folder, path) = (folder, folder.path("copy"))
        var options = BackupOptions()
        options.progress = { _ in #expect(throws: Never.self) { try folder.write("other", to: "copy") } }
        #expect(throws: TapedeckError.self) { try store.backUp(to: path, options: options) }
        #expect(try folder.bytes("copy") == Data("other".utf8))
        #expect(try folder.snapshot().keys.allSatisfy { !$0.contains("partial") })
    }

    @Test(arguments: ["-wal", "-shm", "-journal"])
    func `Where a side file lies beside the destination, nothing is put there`(suffix: String) throws {
        _ = try folder.write("", to: "copy" + suffix)
        #expect(code(folder.path("copy")) == .busy)
        #expect(code(folder.path("copy"), replaces: true) == .busy)
        #expect(!FileManager.default.fileExists(atPath: folder.path("copy")))
    }

    @Test func `A store is never replaced by its own backup, whatever its name`() throws {
        try FileManager.default.createSymbolicLink(
            atPath: folder.path("link"),
            withDestinationPath: store.path
        )
        try FileManager.default.linkItem(atPath: store.path, toPath: folder.path("hard"))
        for name in ["store", "link", "hard"] {
            #expect(code(folder.path(name), replaces: true) == .unsupported)
        }
        #expect(code(folder.path("absent/copy")) == .folderMissing)
        #expect(code(folder.url.path) == .notAFile)
        #expect(try store.count() == 2000)
    }

    @Test func `A backup that is called off leaves nothing`() throws {
        let names = try folder.snapshot().keys.sorted()
        let steps = Mutex(0)
        var options = BackupOptions()
        options.isCancelled = { steps.withLock { $0 } >= 1 }
        options.progress = { _ in steps.withLock { $0 += 1 } }
        let big = JSONText(string: String(repeating: "x", count: 8 << 20))
        try store.append([.now(protocol: "p", request: big)])
        do throws(TapedeckError) {
            try store.backUp(to: folder.path("copy"), options: options)
            Issue.record("it was not called off")
        } catch {
            #expect(error.code == .cancelled)
        }
        #expect(try folder.snapshot().keys.sorted() == names)
    }

    @Test func `A verification is called off among the rows, and the older copy stays`() throws {
        let path = folder.path("copy")
        try store.backUp(to: path)
        let before = try folder.snapshot()
        let isCopied = Mutex(false)
        let asked = Mutex(0)
        var options = BackupOptions()
        options.replaces = true
        options.progress = { summary in isCopied.withLock { $0 = summary.byteCount == summary.totalByteCount }
        }
        // Also beside SQLite's check, so that the hundredth time may be then or among 2000 rows, but is before the end.
        options.isCancelled = {
            isCopied.withLock { $0 }
                && asked.withLock {
                    $0 += 1
                    return $0 > 100
                }
        }
        let error = #expect(throws: TapedeckError.self) { try store.backUp(to: path, options: options) }
        #expect(error?.code == .cancelled)
        #expect(
            error?.message
                == "\(path): the backup was called off; nothing was written, and the file that is there stays as it was"
        )
        let after = try folder.snapshot().filter { !$0.key.hasPrefix("store") }
        #expect(after == before.filter { !$0.key.hasPrefix("store") })
    }

    @Test(.enabled(if: SmallDisk.isAvailable, "\(SmallDisk.absence)"))
    func `A full disk is told, by the copy's name, and nothing is left there`() throws {
        let disk = try SmallDisk()
        let big = JSONText(string: String(repeating: "x", count: 12 << 20))
        try store.append([.now(protocol: "p", request: big)])
        do throws(TapedeckError) {
            try store.backUp(to: disk.path("copy"))
            Issue.record("12 MiB fit into 8")
        } catch {
            #expect(error.code == .diskFull)
            #expect(error.message.hasPrefix(disk.path("copy") + ": "))
        }
        let folder = (disk.path("copy") as NSString).deletingLastPathComponent
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == [])
    }
}
