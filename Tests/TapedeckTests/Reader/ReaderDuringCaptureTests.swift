import Dispatch
import Foundation
import TapedeckTestSupport
import Testing

@testable import Tapedeck
@testable import TapedeckSQLite

@Suite struct ReaderDuringCaptureTests {
    let folder: TestFolder
    let store: CaptureStore

    init() throws {
        folder = try TestFolder()
        store = try CaptureStore(path: folder.path("store"))
    }

    private static let response = JSONText(string: String(repeating: "x", count: 3000))

    private func exchange(_ number: Int) -> RecordedExchange {
        RecordedExchange(
            receivedNanoseconds: UInt128(1_000_000 - number),
            protocol: number % 2 == 0 ? "even" : "odd",
            request: JSONText(integer: number),
            response: Self.response
        )
    }

    private var logSize: Int {
        folder.size(of: "store-wal")
    }

    private static let filters: [ExchangeFilter] = {
        var odd = ExchangeFilter()
        odd.protocols = [.exact("odd")]
        var arrival = ExchangeFilter()
        arrival.order = .arrival
        return [ExchangeFilter(), odd, arrival]
    }()

    @Test(arguments: filters)
    func `A reader ends although a capture goes on, with a prefix of it that has no gap`(
        filter: ExchangeFilter
    ) throws {
        try store.append((0..<1000).map(exchange))
        let writer = try RecordingWriter(store: store, group: .init(count: 10, ageMilliseconds: .max))
        for number in 1000..<1100 { try writer.write(exchange(number)) }
        let reader = try ReplayReader(store: store, filter: filter)
        var read: [Int] = []
        var next = 1100
        while let exchange = try reader.next() {
            read.append(try exchange.request.decode(Int.self))
            try writer.write(self.exchange(next))
            next += 1
        }
        #expect(next > 1500, "the capture went on")
        let all = filter.protocols.isEmpty ? Array(0..<1100) : (0..<1100).filter { $0 % 2 == 1 }
        #expect(read == (filter.order == .arrival ? all.reversed() : all))
        #expect(reader.skippedCount == 0)
        #expect(try reader.next() == nil)
    }

    @Test(arguments: filters)
    func `A reader that pauses does not keep the log from being used again`(filter: ExchangeFilter) throws {
        try store.append((0..<2000).map(exchange))
        let sink = PatientSink(try StoreSink(store.opener))
        let reader = try ReplayReader(store: store, filter: filter)
        for _ in 0..<10 { _ = try reader.next() }
        var longest = 0
        for start in stride(from: 2000, to: 8000, by: 60) {
            var group = (start..<start + 60).map(exchange)
            try sink.store(&group, isDurable: false)
            longest = max(longest, logSize)
        }
        // Some 20 MB passed through a log that begins anew every 8 MiB. A reader that had kept a transaction open would have
        // kept all of it there.
        #expect(longest < 9 << 20, "\(longest)")
        #expect(try reader.next() != nil)
    }

    @Test func `An export into a pipe that nobody empties does not keep it from that either`() throws {
        try store.append((0..<2000).map(exchange))
        let pipe = Pipe()
        let output = pipe.fileHandleForWriting.fileDescriptor
        let (hasBegun, hasEnded) = (DispatchSemaphore(value: 0), DispatchSemaphore(value: 0))
        DispatchQueue(label: "test.export").async { [store] in
            var options = ExportOptions()
            options.progress = { _ in hasBegun.signal() }
            #expect(throws: Never.self) {
                try store.export(to: .descriptor(output, name: "a pipe"), options: options)
            }
            try? pipe.fileHandleForWriting.close()
            hasEnded.signal()
        }
        // A pipe takes less than the first piece that is handed over.
        hasBegun.wait()
        let sink = PatientSink(try StoreSink(store.opener))
        for start in stride(from: 2000, to: 8000, by: 60) {
            var group = (start..<start + 60).map(exchange)
            try sink.store(&group, isDurable: false)
        }
        // The first checkpoint may meet the export in its last page.
        #expect(logSize < 12 << 20, "\(logSize)")
        let isStalled = hasEnded.wait(timeout: .now()) == .timedOut
        #expect(isStalled)
        _ = try pipe.fileHandleForReading.readToEnd()
        if isStalled { hasEnded.wait() }
    }

    @Test(arguments: filters)
    func `What is deleted meanwhile is passed over and counted`(filter: ExchangeFilter) throws {
        try store.append((0..<3000).map(exchange))
        let reader = try ReplayReader(store: store, filter: filter)
        var count = 0
        while let _ = try reader.next() {
            count += 1
            if count == 1 {
                let other = try Connection(path: store.path, access: .readWrite, busyMilliseconds: 0)
                try other.execute("DELETE FROM exchanges WHERE id BETWEEN 1500 AND 1599")
            }
        }
        let all = filter.protocols.isEmpty ? 3000 : 1500
        let gone = filter.protocols.isEmpty ? 100 : 50
        #expect(count == all - gone)
        // A walk through the table cannot know of rows that are no longer there.
        #expect(reader.skippedCount == (filter == ExchangeFilter() ? 0 : gone))
    }

    @Test func `A reader is a sequence of exchanges`() async throws {
        try store.append((0..<700).map(exchange))
        var read: [JSONText] = []
        for try await exchange in try ReplayReader(store: store) { read.append(exchange.request) }
        #expect(read == (0..<700).map { JSONText(integer: $0) })
    }

    @Test func `A cancelled task stops reading`() async throws {
        try store.append((0..<10).map(exchange))
        let reader = try ReplayReader(store: store)
        let task = Task {
            withUnsafeCurrentTask { $0?.cancel() }
            for try await _ in reader { Issue.record("cancelled before the first") }
        }
        await #expect(throws: CancellationError.self) { try await task.value }
        #expect(try reader.next() != nil)
    }

    @Test func `Several tasks share what a reader has`() async throws {
        try store.append((0..<2000).map(exchange))
        let reader = try ReplayReader(store: store)
        let read = try await withThrowingTaskGroup(of: [Int].self) { tasks in
            for _ in 0..<4 {
                tasks.addTask {
                    var numbers: [Int] = []
                    for try await exchange in reader { numbers.append(try exchange.request.decode(Int.self)) }
                    return numbers
                }
            }
            return try await tasks.reduce(into: []) { $0 += $1 }
        }
        #expect(read.sorted() == Array(0..<2000))
    }
}
