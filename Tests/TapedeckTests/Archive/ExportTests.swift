import Foundation
import Tapedeck
import TapedeckTestSupport
import Testing

@Suite struct ExportTests {
    let folder: TestFolder
    let store: CaptureStore

    init() throws {
        folder = try TestFolder()
        store = try CaptureStore(path: folder.path("store"))
        var maker = ExchangeMaker(seed: 6)
        try store.append(maker.exchanges(200))
    }

    private func code(_ output: ArchiveOutput) -> TapedeckError.Code? {
        do throws(TapedeckError) {
            try store.export(to: output)
            return nil
        } catch {
            return error.code
        }
    }

    @Test func `A filtered export holds what the filter lets through, in its order`() throws {
        var filter = ExchangeFilter()
        filter.protocols = [.prefix("openai.")]
        filter.state = .complete
        filter.order = .arrival
        let summary = try store.export(to: .file(folder.path("some.jsonl")), filter: filter)
        let expected = try store.read(filter)
        #expect(summary.exportedCount == expected.count && expected.count > 20)
        #expect(try summary.byteCount == folder.bytes("some.jsonl").count)
        #expect(try ReplayReader(archive: .file(folder.path("some.jsonl"))).all() == expected)
    }

    @Test func `An archive takes the place of an older one only when it is whole`() throws {
        let path = try folder.write("older", to: "archive.jsonl")
        let names = try folder.snapshot().keys.sorted()
        try store.export(to: .file(path))
        #expect(try folder.snapshot().keys.sorted() == names)
        #expect(try folder.bytes("archive.jsonl").count > 1000)
        let mode = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
        #expect(mode == 0o600)
    }

    @Test func `An export that fails leaves the older archive and nothing else`() throws {
        let path = try folder.write("older", to: "archive.jsonl")
        do {
            var maker = ExchangeMaker(seed: 7)
            try CaptureStore(path: folder.path("damaged")).append(maker.exchanges(400))
        }
        let file = try FileHandle(forUpdating: URL(filePath: folder.path("damaged")))
        try file.seek(toOffset: 8 * 16384)
        try file.write(contentsOf: Data(repeating: 0xA5, count: 8 * 16384))
        try file.close()
        let damaged = try CaptureStore(path: folder.path("damaged"))
        #expect(try damaged.exchange(id: 1) != nil)
        let names = try folder.snapshot().keys.sorted()
        #expect(throws: TapedeckError.self) { try damaged.export(to: .file(path)) }
        #expect(try folder.bytes("archive.jsonl") == Data("older".utf8))
        #expect(try folder.snapshot().keys.sorted() == names)
    }

    @Test func `A link stays a link, and what it points to is replaced`() throws {
        let target = try folder.write("older", to: "target.jsonl")
        try FileManager.default.createSymbolicLink(atPath: folder.path("link"), withDestinationPath: target)
        try store.export(to: .file(folder.path("link")))
        #expect(try FileManager.default.destinationOfSymbolicLink(atPath: folder.path("link")) == target)
        #expect(try folder.bytes("target.jsonl").count > 1000)
    }

    @Test func `A store is never replaced, not even where another is open`() throws {
        let other = try CaptureStore(path: folder.path("other"))
        try other.append([.now(protocol: "p", request: 1)])
        #expect(code(.file(folder.path("other"))) == .isDatabase)
        #expect(code(.file(store.path)) == .isDatabase)
        #expect(try other.count() == 1)
    }

    @Test func `What cannot be written is an error of its own`() throws {
        #expect(code(.file(folder.path("absent/archive.jsonl"))) == .folderMissing)
        #expect(code(.file(folder.url.path)) == .notAFile)
        if FileManager.default.fileExists(atPath: "/dev/full") {
            #expect(code(.file("/dev/full")) == .diskFull)
        }
    }

    @Test func `A reader that goes away after many lines is an error of the export`() throws {
        let padding = JSONText(string: String(repeating: "x", count: 100_000))
        try store.append((0..<100).map { _ in .now(protocol: "p", request: padding) })
        signal(SIGPIPE, SIG_IGN)
        let pipe = Pipe()
        let reader = pipe.fileHandleForReading
        // As `head -c` does it. By then the lines that were put together first are written.
        DispatchQueue(label: "test.reader").async {
            var count = 0
            while count < 1_500_000, let data = try? reader.read(upToCount: 64 << 10) { count += data.count }
            try? reader.close()
        }
        #expect(code(.descriptor(pipe.fileHandleForWriting.fileDescriptor, name: "a pipe")) == .brokenPipe)
    }

    @Test func `An archive can be read without a store, and a bad line is an error for that line alone`()
        throws
    {
        let good = #"{"recv_ts_ns":1,"protocol":"p","request":1}"#
        let path = try folder.write("\(good)\nbad\n\n\(good)\n\(good.dropLast())", to: "archive.jsonl")
        let reader = try ReplayReader(archive: .file(path))
        #expect(try reader.nextNumbered()?.number == 1)
        #expect(throws: TapedeckError.self) { try reader.next() }
        #expect(try reader.nextNumbered()?.number == 4)
        #expect(throws: TapedeckError.self) { try reader.next() }
        #expect(try reader.next() == nil)
        #expect(try reader.next() == nil)
    }

    @Test func `A pipe is read as it comes, and cannot be read from its end`() throws {
        let pipe = Pipe()
        let line = #"{"recv_ts_ns":1,"protocol":"p","request":1}"# + "\n"
        try pipe.fileHandleForWriting.write(contentsOf: Data(line.utf8))
        try pipe.fileHandleForWriting.close()
        let input = ArchiveInput.descriptor(pipe.fileHandleForReading.fileDescriptor, name: "a pipe")
        var last = ExchangeFilter()
        last.limit = 1
        last.isLimitFromEnd = true
        do throws(TapedeckError) {
            _ = try ReplayReader(archive: input, filter: last)
            Issue.record("a pipe has no end to begin from")
        } catch {
            #expect(error.code == .unsupported)
        }
        #expect(try ReplayReader(archive: input).all().count == 1)
    }
}
