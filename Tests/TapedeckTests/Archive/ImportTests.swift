import Foundation
import Synchronization
import TapedeckTestSupport
import Testing

@testable import Tapedeck
@testable import TapedeckSQLite

@Suite struct ImportTests {
    let folder: TestFolder
    let store: CaptureStore

    init() throws {
        folder = try TestFolder()
        store = try CaptureStore(path: folder.path("store"))
    }

    private func line(_ number: Int) -> String {
        #"{"recv_ts_ns":\#(number),"latency_ns":null,"protocol":"p","request":\#(number),"response":null}"#
            + "\n"
    }

    private func failure(_ work: () throws(TapedeckError) -> Void) -> TapedeckError? {
        do throws(TapedeckError) {
            try work()
            return nil
        } catch {
            return error
        }
    }

    @Test func `A bad line stops the import, by its place, and nothing of the archive is kept`() throws {
        let text = line(1) + "\n  \n" + line(2) + #"{"recv_ts_ns":1.5}"# + "\n" + line(3)
        let archive = try folder.write(text, to: "archive.jsonl")
        let error = failure { () throws(TapedeckError) in _ = try store.importArchives([.file(archive)]) }
        #expect(error?.code == .invalidLine)
        let offset = line(1).utf8.count + 4 + line(2).utf8.count + #"{"recv_ts_ns":"#.utf8.count
        #expect(error?.location == .init(line: 5, offset: offset))
        #expect(error?.message.contains("\(archive): line 5, byte ") == true)
        #expect(try store.count() == 0)
    }

    @Test func `Bad lines that are skipped are counted, and the first few are named`() throws {
        let good = (1...20).map(line).joined()
        let archive = try folder.write(
            good + String(repeating: "[]\n", count: 9) + line(21),
            to: "archive.jsonl"
        )
        var options = ImportOptions()
        options.badLines = .skip
        let rejects = Mutex<[ArchiveReject]>([])
        options.onReject = { reject in rejects.withLock { $0.append(reject) } }
        let summary = try store.importArchives([.file(archive)], options: options)
        #expect(summary.importedCount == 21)
        #expect(summary.rejectedCount == 9)
        #expect(summary.firstRejects.count == 5)
        #expect(summary.byteCount == good.utf8.count + 27 + line(21).utf8.count)
        let all = rejects.withLock { $0 }
        #expect(all.map(\.line) == Array(21...29))
        #expect(all.map(\.offset) == (0..<9).map { good.utf8.count + 3 * $0 })
        #expect(all.allSatisfy { $0.length == 2 && !$0.reason.isEmpty })
        #expect(try store.count() == 21)
    }

    @Test func `What the reject handler throws stops the import`() throws {
        struct Full: Error {}
        let archive = try folder.write(line(1) + "x\n", to: "archive.jsonl")
        var options = ImportOptions()
        options.badLines = .skip
        options.onReject = { _ in throw Full() }
        #expect(throws: TapedeckError.self) { try store.importArchives([.file(archive)], options: options) }
        #expect(try store.count() == 0)
    }

    @Test func `With batches, what was committed before a bad line stays, and the error says so`() throws {
        let archive = try folder.write((1...25).map(line).joined() + "bad\n", to: "archive.jsonl")
        var options = ImportOptions()
        options.batchCount = 10
        let error = failure { () throws(TapedeckError) in
            _ = try store.importArchives([.file(archive)], options: options)
        }
        #expect(error?.message.contains("20 exchanges") == true)
        #expect(error?.location?.line == 26)
        #expect(try store.count() == 20)
    }

    @Test func `Several archives are one import`() throws {
        let first = try folder.write(line(1), to: "1.jsonl")
        let second = try folder.write(line(2) + "bad", to: "2.jsonl")
        #expect(throws: TapedeckError.self) { try store.importArchives([.file(first), .file(second)]) }
        #expect(try store.count() == 0)
        var options = ImportOptions()
        options.badLines = .skip
        let summary = try store.importArchives([.file(first), .file(second)], options: options)
        #expect(summary.importedCount == 2)
        #expect(summary.firstRejects.map(\.archive) == [second])
    }

    @Test(arguments: [1, 2, 63, 64, 65, 1000])
    func `A line over the limit is an error for that line alone`(limit: Int) throws {
        func padded(_ length: Int) -> String {
            let frame = #"{"recv_ts_ns":1,"protocol":"p","request":""}"#.utf8.count
            let padding = String(repeating: "x", count: length - frame)
            return #"{"recv_ts_ns":1,"protocol":"p","request":"\#(padding)"}"#
        }
        let atLimit = 100_000 + limit
        let lines = [padded(60), padded(atLimit), padded(atLimit + 1), padded(3 * atLimit), padded(61)]
        for ending in ["\n", ""] {
            let archive = try folder.write(lines.joined(separator: "\n") + ending, to: "archive.jsonl")
            var options = ImportOptions()
            options.badLines = .skip
            options.lineLimit = atLimit
            let summary = try store.importArchives([.file(archive)], options: options)
            #expect(summary.importedCount == 3)
            #expect(summary.firstRejects.map(\.line) == [3, 4])
            #expect(summary.firstRejects.map(\.length) == [atLimit + 1, 3 * atLimit])
            #expect(
                summary.firstRejects.map(\.offset) == [
                    60 + 1 + atLimit + 1, 60 + 1 + atLimit + 1 + atLimit + 2,
                ]
            )
            options.badLines = .stop
            let error = failure { () throws(TapedeckError) in
                _ = try store.importArchives([.file(archive)], options: options)
            }
            #expect(error?.code == .lineTooLong)
        }
    }

    @Test func `A last line that is too long ends the archive`() throws {
        let archive = try folder.write(
            line(1) + String(repeating: "x", count: 5_000_000),
            to: "archive.jsonl"
        )
        var options = ImportOptions()
        options.badLines = .skip
        options.lineLimit = 1000
        let summary = try store.importArchives([.file(archive)], options: options)
        #expect(summary.importedCount == 1)
        #expect(summary.firstRejects.map(\.length) == [5_000_000])
    }

    @Test func `What cannot be opened is an error of its own`() throws {
        #expect(
            failure { () throws(TapedeckError) in _ = try store.importArchives([.file(folder.path("absent"))])
            }?.code == .notFound
        )
        #expect(
            failure { () throws(TapedeckError) in _ = try store.importArchives([.file(folder.url.path)]) }?
                .code == .notAFile
        )
    }

    @Test func `A stream is imported from a pipe`() throws {
        let pipe = Pipe()
        try pipe.fileHandleForWriting.write(contentsOf: Data((line(1) + line(2)).utf8))
        try pipe.fileHandleForWriting.close()
        let input = ArchiveInput.descriptor(pipe.fileHandleForReading.fileDescriptor, name: "a pipe")
        #expect(try store.importArchives([input]).importedCount == 2)
    }

    @Test func `Another writer is waited for, and then it is an error`() throws {
        let archive = try folder.write(line(1), to: "archive.jsonl")
        let store = try CaptureStore(path: store.path, options: .init(busyTimeoutMilliseconds: 0))
        let other = try Connection(path: store.path, access: .readWrite, busyMilliseconds: 0)
        try other.execute("BEGIN IMMEDIATE")
        let error = failure { () throws(TapedeckError) in _ = try store.importArchives([.file(archive)]) }
        #expect(error?.code == .busy)
        try other.execute("COMMIT")
        try store.importArchives([.file(archive)])
        #expect(try store.count() == 1)
    }

    @Test func `After an import into an empty store, the store has a log again`() throws {
        try store.importArchives([.file(folder.write(line(1), to: "archive.jsonl"))])
        let journal = try store.withConnection { try $0.text("PRAGMA journal_mode") }
        #expect(journal == "wal")
    }

    @Test(arguments: [nil, 10])
    func `An import into an empty store keeps others out for speed, but not with batches`(batch: Int?) throws
    {
        let archive = try folder.write((1...100).map(line).joined(), to: "archive.jsonl")
        let path = store.path
        let journals = Mutex<[String?]>([])
        var options = ImportOptions()
        options.batchCount = batch
        options.progress = { _ in
            let journal = try? Connection(path: path, access: .readWrite, busyMilliseconds: 0).journal()
            journals.withLock { $0.append(journal) }
        }
        try store.importArchives([.file(archive)], options: options)
        #expect(journals.withLock { $0 } == [batch == nil ? "delete" : "wal"])
    }

    @Test(arguments: [false, true])
    func `A store answers while it imports, a callback included`(isEmpty: Bool) throws {
        let archive = try folder.write((1...100).map(line).joined(), to: "archive.jsonl")
        if !isEmpty { try store.importArchives([.file(archive)]) }
        let counts = Mutex<[Int?]>([])
        var options = ImportOptions()
        options.progress = { [store] _ in counts.withLock { $0.append(try? store.count()) } }
        try store.importArchives([.file(archive)], options: options)
        #expect(counts.withLock { $0 } == [isEmpty ? 0 : 100])
        #expect(try store.count() == (isEmpty ? 100 : 200))
    }

    @Test func `More imports at once than there are threads in a pool all end`() async throws {
        let archive = try folder.write((1...9).map(line).joined(), to: "archive.jsonl")
        let folder = folder
        await withTaskGroup(of: Void.self) { tasks in
            for number in 0..<64 {
                tasks.addTask {
                    await withCheckedContinuation { done in
                        DispatchQueue.global().async {
                            let store = try? CaptureStore(path: folder.path("store-\(number)"))
                            let summary = try? store?.importArchives([.file(archive)])
                            #expect(summary?.importedCount == 9)
                            done.resume()
                        }
                    }
                }
            }
        }
    }

    @Test func `The limit is the same for every line, whatever it holds and wherever it stands`() throws {
        let blank = String(repeating: " ", count: 500) + "\n"
        let noise = String(repeating: "x", count: 500) + "\n"
        // The second pair lies beyond the first block.
        let text = blank + noise + String(repeating: line(1), count: 20_000) + blank + noise
        var options = ImportOptions()
        options.badLines = .skip
        options.lineLimit = 150
        let summary = try store.importArchives(
            [.file(folder.write(text, to: "archive.jsonl"))],
            options: options
        )
        #expect(summary.importedCount == 20_000)
        #expect(summary.firstRejects.map(\.line) == [1, 2, 20_003, 20_004])
        #expect(
            summary.firstRejects.allSatisfy {
                $0.reason.contains("longer than the limit") && $0.length == 500
            }
        )
        options.lineLimit = .max
        let long = line(1) + String(repeating: "x", count: 3 << 20) + "\n"
        let whole = try store.importArchives(
            [.file(folder.write(long, to: "archive.jsonl"))],
            options: options
        )
        #expect(whole.importedCount == 1 && whole.rejectedCount == 1)
    }

    @Test func `A store is no archive, not to itself either`() throws {
        let error = failure { () throws(TapedeckError) in _ = try store.importArchives([.file(store.path)]) }
        #expect(error?.code == .isDatabase)
        #expect(throws: TapedeckError.self) { try RecordingWriter(archive: store.path) }
        #expect(throws: TapedeckError.self) { try ReplayReader(archive: .file(store.path)) }
        #expect(try store.count() == 0)
    }

    @Test func `A reader that holds the log back does not make an import keep writers out`() throws {
        let archive = try folder.write((1...99).map(line).joined(), to: "archive.jsonl")
        try store.importArchives([.file(archive)])
        let reader = try Connection(path: store.path, access: .readOnly, busyMilliseconds: 0)
        try reader.execute("BEGIN; SELECT count(*) FROM exchanges")
        // A wait for the reader would be one for ever.
        let patient = try CaptureStore(path: store.path, options: .init(busyTimeoutMilliseconds: .max))
        try patient.importArchives([.file(archive)])
        try store.append([.now(protocol: "p", request: 1)])
        #expect(try reader.integer("SELECT count(*) FROM exchanges") == 99)
        #expect(try store.count() == 199)
    }

    @Test func `A commit is told of once, when others can see it`() throws {
        let archive = try folder.write((1...100).map(line).joined(), to: "archive.jsonl")
        let path = store.path
        let seen = Mutex<[Int64?]>([])
        var options = ImportOptions()
        options.onCommit = { summary in
            let count = try? Connection(path: path, access: .readOnly, busyMilliseconds: 0)
                .integer("SELECT count(*) FROM exchanges")
            seen.withLock { $0.append(count) }
            #expect(summary.importedCount == 100)
        }
        try store.importArchives([.file(archive)], options: options)
        try store.importArchives([.file(archive)], options: options)
        #expect(seen.withLock { $0 } == [100, 200])
        let log = try? FileManager.default.attributesOfItem(atPath: path + "-wal")[.size] as? Int
        #expect(log ?? 0 == 0, "the log was brought in")
    }

    @Test func `Progress is told with growing numbers and ends with the whole`() throws {
        let archive = try folder.write((1...20_000).map(line).joined(), to: "archive.jsonl")
        let reports = Mutex<[Int]>([])
        var options = ImportOptions()
        options.progress = { summary in reports.withLock { $0.append(summary.byteCount) } }
        let summary = try store.importArchives([.file(archive)], options: options)
        let seen = reports.withLock { $0 }
        #expect(seen.count >= 2 && seen == seen.sorted() && seen.last == summary.byteCount)
    }
}

extension Connection {
    /// The journal mode, as the file now has it.
    fileprivate borrowing func journal() throws -> String? {
        _ = try integer("SELECT count(*) FROM sqlite_schema")
        return try text("PRAGMA journal_mode")
    }
}
