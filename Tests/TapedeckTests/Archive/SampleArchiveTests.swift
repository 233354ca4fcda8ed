import Foundation
import Tapedeck
import TapedeckTestSupport
import Testing

/// What the documentation says of the sample archive holds.
@Suite struct SampleArchiveTests {
    private static let path = URL(filePath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        .appending(path: "Samples/day.jsonl").path

    private let folder: TestFolder
    private let store: CaptureStore

    init() throws {
        folder = try TestFolder()
        store = try CaptureStore(path: folder.path("store"))
        try store.importArchives([.file(Self.path)])
    }

    @Test func `The sample archive comes back byte for byte`() throws {
        try store.export(to: .file(folder.path("out.jsonl")))
        #expect(try folder.bytes("out.jsonl") == Data(contentsOf: URL(filePath: Self.path)))
    }

    @Test func `The sample archive holds what an importer meets`() throws {
        let protocols = try store.protocols()
        #expect(protocols.count == 5)
        #expect(protocols.map(\.count).reduce(0, +) == 60)
        #expect(protocols.map(\.openCount).reduce(0, +) == 4)

        var exchanges: [RecordedExchange] = []
        let reader = try ReplayReader(store: store)
        while let exchange = try reader.next() { exchanges.append(exchange) }
        #expect(exchanges.contains { $0.extra != nil })
        #expect(exchanges.contains { $0.response?.kind == .array })
        #expect(exchanges.contains { $0.request["seed"]?.text == "18446744073709551616" })
        #expect(exchanges.contains { $0.request["temperature"]?.text == "1.10" })
        #expect(exchanges.contains { !$0.request.utf8.allSatisfy { $0 < 0x80 } })
        #expect(
            zip(exchanges, exchanges.dropFirst()).contains { $0.receivedNanoseconds > $1.receivedNanoseconds }
        )
    }
}
