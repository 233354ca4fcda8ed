import Tapedeck
import Testing

@testable import TapedeckSQLite

@Suite("Checkpoints of a writer")
struct CheckpointerTests {
    private static let mebibyte = 1 << 20

    private static let request = JSONText(string: String(repeating: "x", count: 200_000))

    private static func exchange(_ number: Int) -> RecordedExchange {
        RecordedExchange(
            receivedNanoseconds: UInt128(number),
            latencyNanoseconds: 1,
            protocol: "openai.chat",
            request: request,
            response: nil
        )
    }

    @Test("The log stays under 32 MiB however much is written", arguments: [1, 16])
    func logStaysSmall(group: Int) throws {
        let folder = try TestFolder()
        let path = folder.path("x.tapedeck")
        let writer = try RecordingWriter(store: CaptureStore(path: path), group: .init(count: group))
        var longest = 0
        for number in 0..<400 {
            try writer.write(Self.exchange(number))
            longest = max(longest, folder.size(of: "x.tapedeck-wal"))
        }
        try writer.flush()
        #expect(longest < 32 * Self.mebibyte)
        #expect(longest > 0)
        #expect(folder.size(of: "x.tapedeck") > 40 * Self.mebibyte, "checkpoints brought nothing in")
    }

    @Test("A log that a reader held back is brought in and cut once the reader is gone")
    func readerHoldsBack() throws {
        let folder = try TestFolder()
        let path = folder.path("x.tapedeck")
        let store = try CaptureStore(path: path)
        let writer = try RecordingWriter(store: store, group: .init(count: 1))
        try writer.write(Self.exchange(0))
        do {
            let reader = try Connection(path: path, access: .readWrite, busyMilliseconds: 0)
            try reader.execute("BEGIN; SELECT count(*) FROM exchanges")
            for number in 1..<250 { try writer.write(Self.exchange(number)) }
            #expect(folder.size(of: "x.tapedeck-wal") > 40 * Self.mebibyte, "the reader held nothing back")
        }
        for number in 250..<300 { try writer.write(Self.exchange(number)) }
        #expect(folder.size(of: "x.tapedeck-wal") <= 32 * Self.mebibyte)
        #expect(try store.count() == 300)
    }

    @Test("A log that was held back stays small afterwards, also when every commit is large")
    func largeCommitsAfterwards() throws {
        let folder = try TestFolder()
        let path = folder.path("x.tapedeck")
        // Every commit is longer than the log that a checkpoint begins at.
        let writer = try RecordingWriter(
            store: CaptureStore(path: path),
            group: .init(count: 30, byteCount: .max)
        )
        func write(_ count: Int) throws {
            for number in 0..<count { try writer.write(Self.exchange(number)) }
        }
        try write(30)
        do {
            let reader = try Connection(path: path, access: .readWrite, busyMilliseconds: 0)
            try reader.execute("BEGIN; SELECT count(*) FROM exchanges")
            try write(600)
            #expect(folder.size(of: "x.tapedeck-wal") > 100 * Self.mebibyte, "the reader held nothing back")
        }
        // Brought in by the first of these that tries, cut to its limit by the next, and then kept below.
        try write(60)
        var longest = 0
        for _ in 0..<20 {
            try write(30)
            longest = max(longest, folder.size(of: "x.tapedeck-wal"))
        }
        #expect(longest <= 40 * Self.mebibyte)
    }
}
