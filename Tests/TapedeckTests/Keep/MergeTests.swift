import Foundation
import Synchronization
import TapedeckTestSupport
import Testing

@testable import Tapedeck
@testable import TapedeckSQLite

@Suite struct MergeTests {
    let folder: TestFolder
    let target: CaptureStore
    let sources: [CaptureStore]
    let exchanges: [RecordedExchange]

    init() throws {
        folder = try TestFolder()
        target = try CaptureStore(path: folder.path("target"))
        var maker = ExchangeMaker(seed: 12)
        exchanges = maker.exchanges(1500)
        let (first, second) = (folder.path("first"), folder.path("second"))
        sources = [try CaptureStore(path: first), try CaptureStore(path: second)]
        try sources[0].append(Array(exchanges[..<700]))
        try sources[1].append(Array(exchanges[700...]))
    }

    private func code(_ sources: [CaptureStore]) -> TapedeckError.Code? {
        do throws(TapedeckError) {
            try target.merge(sources)
            return nil
        } catch {
            return error.code
        }
    }

    @Test func `Everything comes over byte for byte, source after source, with new ids`() throws {
        let own = RecordedExchange.now(protocol: "own", request: 1)
        try target.append([own])
        let summary = try target.merge(sources)
        #expect(summary.mergedCount == 1500)
        #expect(try target.read() == [own] + exchanges)
        #expect(try target.exchange(id: 2) == exchanges[0])
        for store in sources { try store.export(to: .file(store.path + ".jsonl")) }
        var filter = ExchangeFilter()
        filter.limit = 1500
        filter.isLimitFromEnd = true
        try target.export(to: .file(folder.path("target.jsonl")), filter: filter)
        #expect(
            try folder.bytes("target.jsonl") == folder.bytes("first.jsonl") + folder.bytes("second.jsonl")
        )
        let connection = try Connection(path: target.path, access: .readOnly, busyMilliseconds: 0)
        #expect(try connection.text("PRAGMA integrity_check") == "ok")
        #expect(
            try connection.integer(
                "SELECT count(*) FROM exchanges WHERE request_bytes <> octets OR ifnull(response_bytes, -1) <> others"
                    .replacing("octets", with: "length(CAST(request AS BLOB))")
                    .replacing("others", with: "ifnull(length(CAST(response AS BLOB)), -1)")
            ) == 0
        )
    }

    @Test func `What is merged twice is there twice`() throws {
        try target.merge([sources[0]])
        try target.merge([sources[0]])
        #expect(try target.read() == Array(exchanges[..<700]) + exchanges[..<700])
    }

    @Test func `A store is not merged into itself, whatever its name`() throws {
        try target.append([.now(protocol: "own", request: 1)])
        try FileManager.default.createSymbolicLink(
            atPath: folder.path("link"),
            withDestinationPath: target.path
        )
        try FileManager.default.linkItem(atPath: target.path, toPath: folder.path("hard"))
        for name in ["target", "link", "hard"] {
            let same = try CaptureStore(path: folder.path(name), access: .read)
            #expect(code([sources[0], same]) == .unsupported)
        }
        #expect(try target.count() == 1)
    }

    @Test func `A source that is damaged at its end leaves the target as it was`() throws {
        try target.append([.now(protocol: "own", request: 1)])
        let connection = try Connection(path: sources[1].path, access: .readWrite, busyMilliseconds: 0)
        try connection.execute(
            "PRAGMA ignore_check_constraints = ON; UPDATE exchanges SET recv_ts_ns = x'00' WHERE id = 800"
        )
        do throws(TapedeckError) {
            try target.merge(sources)
            Issue.record("a row without a time was merged")
        } catch {
            #expect(error.code == .corrupt)
            #expect(error.message.contains(sources[1].path) && error.message.contains("800"))
        }
        #expect(try target.count() == 1)
        #expect(try target.merge([sources[0]]).mergedCount == 700)
    }

    @Test func `A source with the log that a killed program left is read and not changed`() throws {
        // What a kill would leave: the files as they are while the store is open.
        let (live, left) = (folder.path("live"), folder.path("left"))
        let writer = try RecordingWriter(store: try CaptureStore(path: live))
        for exchange in exchanges[..<700] { try writer.write(exchange) }
        try writer.flush()
        for suffix in ["", "-wal"] {
            try FileManager.default.copyItem(atPath: live + suffix, toPath: left + suffix)
        }
        withExtendedLifetime(writer) {}
        let before = try ["left", "left-wal"].map(folder.bytes)
        try target.merge([CaptureStore(path: left, access: .read)])
        #expect(try target.read() == Array(exchanges[..<700]))
        #expect(before[1].count > 0)
        #expect(try ["left", "left-wal"].map(folder.bytes) == before)
    }

    @Test func `A source leaves no side files that were not there`() throws {
        let source = folder.path("source")
        do { try CaptureStore(path: source).append([.now(protocol: "p", request: 1)]) }
        try target.merge([CaptureStore(path: source, access: .read)])
        #expect(try target.count() == 1)
        #expect(try folder.snapshot().keys.filter { $0.hasPrefix("source") } == ["source"])
    }

    @Test func `A source may be captured into meanwhile`() throws {
        let writer = Mutex(try RecordingWriter(store: sources[0], group: .init(count: 1)))
        let before = try sources[0].read()
        var options = MergeOptions()
        options.progress = { _ in writer.withLock { try? $0.write(.now(protocol: "later", request: 1)) } }
        let summary = try target.merge([sources[0]], options: options)
        #expect(summary.mergedCount == 700)
        #expect(try target.read() == before)
        #expect(try sources[0].count() > 700)
    }

    @Test(.enabled(if: SmallDisk.isAvailable, "\(SmallDisk.absence)"))
    func `A full disk leaves the target as it was`() throws {
        let disk = try SmallDisk()
        let small = try CaptureStore(path: disk.path("target"))
        try small.append([.now(protocol: "own", request: 1)])
        let big = JSONText(string: String(repeating: "x", count: 12 << 20))
        try sources[1].append([.now(protocol: "p", request: big)])
        do throws(TapedeckError) {
            try small.merge(sources)
            Issue.record("12 MiB fit into 8")
        } catch {
            #expect(error.code == .diskFull)
        }
        #expect(try small.count() == 1)
    }
}
