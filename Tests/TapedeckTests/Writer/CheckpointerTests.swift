import CTapedeckSQLite
import Dispatch
import Synchronization
import TapedeckTestSupport
import Testing

@testable import Tapedeck
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

    @Test("The log begins anew after 8 MiB, half of what SQLite's own checkpoints let it grow to")
    func logStaysSmall() throws {
        let folder = try TestFolder()
        let store = try CaptureStore(path: folder.path("x.tapedeck"))
        let sink = PatientSink(try StoreSink(store.opener))
        var longest = 0
        for number in 0..<200 {
            var group = [Self.exchange(number)]
            try sink.store(&group, isDurable: false)
            longest = max(longest, folder.size(of: "x.tapedeck-wal"))
        }
        #expect(longest > 8 * Self.mebibyte)
        #expect(longest < 9 * Self.mebibyte)
    }

    @Test("A checkpoint that misses another writer's commits is followed by one that keeps it out")
    func missedCommits() throws {
        let folder = try TestFolder()
        let path = folder.path("x.tapedeck")
        let store = try CaptureStore(path: path)
        let sink = PatientSink(try StoreSink(store.opener))
        let other = Mutex(try Connection(path: path, access: .readWrite, busyMilliseconds: 0))
        let counts = Mutex((made: 0, refused: 0))
        try other.withLock { try $0.execute("PRAGMA wal_autocheckpoint = 0; PRAGMA synchronous = OFF") }
        // With every page that is brought in, the other writer commits.
        let hooks = InterposedFile.Hooks(write: {
            let isMade = other.withLock { (try? $0.execute("PRAGMA user_version = 1")) != nil }
            counts.withLock { if isMade { $0.made += 1 } else { $0.refused += 1 } }
            return SQLITE_OK
        })
        try sink.sink.checkpointer.checkpoint.withLock { try InterposedFile.put(hooks, on: $0.connection) }
        var longest = 0
        for number in 0..<200 {
            var group = [Self.exchange(number)]
            try sink.store(&group, isDurable: false)
            longest = max(longest, folder.size(of: "x.tapedeck-wal"))
        }
        #expect(counts.withLock { $0.made } > 100, "nothing was missed")
        #expect(counts.withLock { $0.refused } > 0, "the other writer was never kept out")
        #expect(longest < 16 * Self.mebibyte)
    }

    @Test("The log stays small beside any number of writers that never pause", arguments: [2, 3])
    func severalWriters(count: Int) async throws {
        let folder = try TestFolder()
        let path = folder.path("x.tapedeck")
        // Without syncs, so that commits follow upon each other as fast as they can.
        let store = try CaptureStore(path: path, options: .init(durability: .normal))
        let longest = try await withThrowingTaskGroup(of: Int.self) { tasks in
            for _ in 0..<count {
                let writer = try RecordingWriter(store: store, group: .init(count: 1))
                tasks.addTask {
                    var longest = 0
                    for number in 0..<500 {
                        try writer.write(Self.exchange(number))
                        longest = max(longest, folder.size(of: "x.tapedeck-wal"))
                    }
                    return longest
                }
            }
            return try await tasks.reduce(0, max)
        }
        #expect(longest < 40 * Self.mebibyte, "of \(count * 100) MB that were written")
        #expect(try store.count() == count * 500)
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
            group: .init(count: 45, byteCount: .max)
        )
        func write(_ count: Int) throws {
            for number in 0..<count { try writer.write(Self.exchange(number)) }
        }
        try write(45)
        do {
            let reader = try Connection(path: path, access: .readWrite, busyMilliseconds: 0)
            try reader.execute("BEGIN; SELECT count(*) FROM exchanges")
            try write(630)
            #expect(folder.size(of: "x.tapedeck-wal") > 100 * Self.mebibyte, "the reader held nothing back")
        }
        // Brought in by the first of these that tries, cut to its limit by the next, and then kept below.
        try write(90)
        var longest = 0
        for _ in 0..<20 {
            try write(45)
            longest = max(longest, folder.size(of: "x.tapedeck-wal"))
        }
        #expect(longest <= 40 * Self.mebibyte)
    }

    @Test("A writer that ends during a checkpoint waits for it, and is the last to hold the store open")
    func endsDuringCheckpoint() throws {
        let folder = try TestFolder()
        let path = folder.path("x.tapedeck")
        let isReached = DispatchSemaphore(value: 0)
        let mayGoOn = DispatchSemaphore(value: 0)
        let hasEnded = DispatchSemaphore(value: 0)
        let isFirst = Atomic(true)
        let hooks = InterposedFile.Hooks(write: {
            if isFirst.exchange(false, ordering: .relaxed) {
                isReached.signal()
                mayGoOn.wait()
            }
            return SQLITE_OK
        })
        /// A sink with a checkpoint under way, held by nobody else.
        func started() throws -> RecorderSink {
            let sink = try StoreSink(CaptureStore(path: path).opener)
            try sink.checkpointer.checkpoint.withLock { try InterposedFile.put(hooks, on: $0.connection) }
            for number in 0..<50 {
                var group = [Self.exchange(number)]
                try sink.store(&group, isDurable: false)
            }
            return RecorderSink(sink)
        }
        let slot = try started()
        isReached.wait()
        DispatchQueue(label: "test.end").async {
            slot.close()
            hasEnded.signal()
        }
        let isEarly = hasEnded.wait(timeout: .now() + .milliseconds(50)) == .success
        #expect(!isEarly)
        mayGoOn.signal()
        if !isEarly { hasEnded.wait() }
        #expect(folder.size(of: "x.tapedeck-wal") == 0, "the last to close brings all of the log in")
        #expect(try CaptureStore(path: path).count() == 50)
    }
}
