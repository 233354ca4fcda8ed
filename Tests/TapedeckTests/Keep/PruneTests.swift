import Foundation
import Synchronization
import TapedeckTestSupport
import Testing

@testable import Tapedeck
@testable import TapedeckSQLite

@Suite struct PruneTests {
    let folder: TestFolder
    let store: CaptureStore

    init() throws {
        folder = try TestFolder()
        store = try CaptureStore(path: folder.path("store"), options: .init(busyTimeoutMilliseconds: 300))
    }

    private static func options(
        _ protocols: [ProtocolPattern] = [],
        before: UInt128? = nil,
        keep: Int? = nil
    ) -> PruneOptions {
        var options = PruneOptions()
        options.protocols = protocols
        options.beforeNanoseconds = before
        options.keepByteCount = keep
        return options
    }

    private static func size(_ exchange: RecordedExchange) -> Int {
        exchange.request.utf8.count + (exchange.response?.utf8.count ?? 0)
    }

    /// What the conditions mean, by going through everything.
    private static func expected(_ all: [RecordedExchange], _ options: PruneOptions) -> (
        kept: [RecordedExchange], gone: Int
    ) {
        var left = options.keepByteCount ?? 0
        var isOver = options.keepByteCount == nil
        var kept: [RecordedExchange] = []
        for exchange in all.reversed() {
            let matches =
                (options.protocols.isEmpty || options.protocols.contains { $0.matches(exchange.protocol) })
                && options.beforeNanoseconds.map { exchange.receivedNanoseconds < $0 } ?? true
            if matches && !isOver {
                left -= size(exchange)
                isOver = left < 0
            }
            if !matches || !isOver { kept.append(exchange) }
        }
        return (kept.reversed(), all.count - kept.count)
    }

    @Test(arguments: [
        options(before: 1), options(before: 1 << 63), options(before: .max), options([.exact("openai.chat")]),
        options([.prefix("openai."), .exact("")]), options(keep: 0), options(keep: 50_000),
        options(keep: 1 << 40),
        options([.exact("kserve.infer")], before: 1 << 64, keep: 3000), options([.exact("absent")]),
    ])
    func `What meets all conditions goes, and nothing else`(options: PruneOptions) throws {
        var maker = ExchangeMaker(seed: 21)
        let all = maker.exchanges(3000)
        try store.append(all)
        let (kept, gone) = Self.expected(all, options)
        var dry = options
        dry.isDryRun = true
        let forecast = try store.prune(dry)
        #expect(forecast.matchedCount == gone && forecast.deletedCount == 0 && forecast.erasure == .pending)
        #expect(try store.read() == all)
        let summary = try store.prune(options)
        #expect(summary.deletedCount == gone && summary.matchedCount == gone)
        #expect(
            summary.deletedByteCount == all.reduce(0) { $0 + Self.size($1) }
                - kept.reduce(0) { $0 + Self.size($1) }
        )
        #expect(try store.read() == kept)
        #expect(summary.erasure == .possiblyRemains)
        let connection = try Connection(path: store.path, access: .readOnly, busyMilliseconds: 0)
        #expect(try connection.text("PRAGMA integrity_check") == "ok")
        #expect(try connection.integer("PRAGMA freelist_count") == 0)
    }

    @Test func `Ids are never given again`() throws {
        try store.append((0..<10).map { .now(protocol: "p", request: JSONText(integer: $0)) })
        try store.prune(Self.options(keep: 0))
        #expect(try store.count() == 0)
        try store.append([.now(protocol: "p", request: 1)])
        #expect(try store.exchange(id: 11) != nil)
    }

    @Test func `The file becomes smaller by what it says`() throws {
        let text = JSONText(string: String(repeating: "x", count: 20_000))
        try store.append((0..<500).map { _ in .now(protocol: "p", request: text) })
        try store.vacuum()
        let summary = try store.prune(Self.options(keep: 2_000_000))
        #expect(summary.freedByteCount > 5 << 20)
        #expect(folder.size(of: "store") < 4 << 20)
        #expect(folder.size(of: "store-wal") == 0)
    }

    @Test(arguments: [ExchangeFilter.Order.insertion, .arrival])
    func `A reader passes over what is pruned meanwhile, and counts it`(order: ExchangeFilter.Order) throws {
        try store.append(
            (0..<3000).map {
                .init(receivedNanoseconds: UInt128($0), protocol: "p", request: JSONText(integer: $0))
            }
        )
        var filter = ExchangeFilter()
        filter.protocols = [.exact("p")]
        filter.order = order
        let reader = try ReplayReader(store: store, filter: filter)
        let first = try #require(try reader.next())
        #expect(first.request == 0)
        try store.prune(Self.options(before: 2500))
        var count = 1
        while let _ = try reader.next() { count += 1 }
        #expect(count + reader.skippedCount == 3000)
        #expect(reader.skippedCount > 1900)
    }

    @Test func `What is captured meanwhile stays, and the capture goes on`() throws {
        let text = JSONText(string: String(repeating: "x", count: 3000))
        try store.append((0..<3000).map { _ in .now(protocol: "old", request: text) })
        let writer = Mutex(try RecordingWriter(store: store, group: .init(count: 1)))
        let written = Mutex(0)
        var options = Self.options(keep: 0)
        options.progress = { _ in
            writer.withLock { writer in
                #expect(throws: Never.self) { try writer.write(.now(protocol: "new", request: text)) }
            }
            written.withLock { $0 += 1 }
        }
        let summary = try store.prune(options)
        #expect(summary.deletedCount == 3000)
        let count = written.withLock { $0 }
        #expect(count > 12)
        #expect(try store.count() == count)
    }

    @Test(arguments: [false, true])
    func `One that is called off while it finds out what goes deletes nothing, and says so`(isDryRun: Bool)
        throws
    {
        try store.append((0..<10).map { .now(protocol: "p", request: JSONText(integer: $0)) })
        var options = Self.options(keep: 5)
        options.isDryRun = isDryRun
        // The thread that searches has no time to ask.
        let here = ObjectIdentifier(Thread.current)
        options.isCancelled = { ObjectIdentifier(Thread.current) != here }
        let error = #expect(throws: TapedeckError.self) { try store.prune(options) }
        #expect(error?.code == .cancelled)
        #expect(
            error?.message == "\(store.path): the pruning was called off before anything was deleted"
        )
        #expect(try store.count() == 10)
    }

    @Test func `One that is called off keeps what it deleted, and the next one erases it`() throws {
        let canary = String(repeating: "CANARY", count: 500)
        try store.append((0..<3000).map { _ in .now(protocol: "p", request: JSONText(string: canary)) })
        let transactionCount = Mutex(0)
        var options = Self.options(keep: 0)
        options.progress = { _ in transactionCount.withLock { $0 += 1 } }
        options.isCancelled = { transactionCount.withLock { $0 >= 3 } }
        do throws(TapedeckError) {
            try store.prune(options)
            Issue.record("it was not called off")
        } catch {
            #expect(error.code == .cancelled)
        }
        #expect(try (1..<3000).contains(store.count()))
        #expect(try store.prune(Self.options(keep: 0)).erasure == .possiblyRemains)
    }
}
