import Foundation
import TapedeckTestSupport
import Testing

@testable import Tapedeck
@testable import TapedeckSQLite

/// Looks for deleted exchanges in the plain bytes of the store's files.
@Suite struct ErasureTests {
    let folder: TestFolder
    let store: CaptureStore

    init() throws {
        folder = try TestFolder()
        store = try CaptureStore(path: folder.path("store"), options: .init(busyTimeoutMilliseconds: 300))
    }

    /// The numbers of the exchanges of which something is found in the store's files.
    private func traces() throws -> Set<Int> {
        var found: Set<Int> = []
        for name in ["store", "store-wal", "store-shm", "store-journal"] {
            guard FileManager.default.fileExists(atPath: folder.path(name)) else { continue }
            let bytes = try folder.bytes(name)
            var rest = bytes.startIndex..<bytes.endIndex
            while let mark = bytes.range(of: Data("CANARY".utf8), in: rest) {
                let digits = String(decoding: bytes[mark.upperBound...].prefix(6), as: UTF8.self)
                if let number = Int(digits) { found.insert(number) }
                rest = mark.upperBound..<bytes.endIndex
            }
        }
        return found
    }

    private func exchange(_ number: Int, _ length: Int, isDoomed: Bool) -> RecordedExchange {
        let word = "CANARY" + String("\(1_000_000 + number)".dropFirst())
        // Words that are found in the file once each thousand bytes, so that the search is quick.
        let text = String(
            repeating: word + String(repeating: ".", count: min(1000, length)),
            count: max(1, length / 1012)
        )
        return RecordedExchange(
            receivedNanoseconds: UInt128(number * 7919 % 100_003),
            protocol: isDoomed ? "doomed" : "kept",
            request: JSONText(string: text),
            response: number % 3 == 0 ? nil : JSONText(string: word),
            extra: number % 5 == 0 ? ["note": JSONText(string: word)] : nil
        )
    }

    struct Shape: CustomTestStringConvertible, Sendable {
        let seed: UInt64
        let lengths: [Int]
        /// Of a hundred.
        let doomed: Int
        let isPrefix: Bool

        var testDescription: String {
            "\(lengths), \(doomed) %\(isPrefix ? ", the first" : ""), seed \(seed)"
        }
    }

    static let shapes: [Shape] = [[40], [425], [100, 7000, 40_000]].flatMap { lengths in
        [30, 90, 97].flatMap { doomed in
            [true, false].map { Shape(seed: UInt64(doomed), lengths: lengths, doomed: doomed, isPrefix: $0) }
        }
    }

    @Test(arguments: shapes)
    func `Nothing of a pruned exchange is left once it says erased, and everything of the others`(
        shape: Shape
    ) throws {
        var generator = ExchangeMaker.Generator(state: shape.seed)
        let count = shape.lengths.max() ?? 0 > 5000 ? 250 : 1500
        var doomed: Set<Int> = []
        var all: [RecordedExchange] = []
        for number in 0..<count {
            let isDoomed =
                shape.isPrefix
                ? number < count * shape.doomed / 100
                : Int.random(in: 0..<100, using: &generator) < shape.doomed
            if isDoomed { doomed.insert(number) }
            let length = shape.lengths.randomElement(using: &generator) ?? 0
            all.append(exchange(number, length, isDoomed: isDoomed))
        }
        try store.append(all)
        #expect(try traces().count == count)
        var options = PruneOptions()
        options.protocols = [.exact("doomed")]
        options.erases = true
        #expect(try store.prune(options).erasure == .erased)
        #expect(try traces() == Set(0..<count).subtracting(doomed))
        #expect(try store.read() == all.filter { $0.protocol == "kept" })
        let connection = try Connection(path: store.path, access: .readOnly, busyMilliseconds: 0)
        #expect(try connection.text("PRAGMA integrity_check") == "ok")
    }

    @Test func `Without being asked for it, nothing is said to be erased, and can be erased later`() throws {
        try store.append((0..<3000).map { exchange($0, 120, isDoomed: $0 < 2900) })
        var options = PruneOptions()
        options.protocols = [.exact("doomed")]
        #expect(try store.prune(options).erasure == .possiblyRemains)
        options.erases = true
        let summary = try store.prune(options)
        #expect(summary.deletedCount == 0 && summary.erasure == .erased)
        #expect(try traces() == Set(2900..<3000))
    }

    @Test func `A reader that began before keeps the log, and is told`() throws {
        try store.append((0..<100).map { exchange($0, 1000, isDoomed: true) })
        let reader = try store.opener.connectForReading()
        try reader.execute("BEGIN; SELECT count(*) FROM exchanges")
        var options = PruneOptions()
        options.keepByteCount = 0
        options.erases = true
        let summary = try store.prune(options)
        #expect(summary.deletedCount == 100)
        #expect(summary.erasure == .heldInLog)
        #expect(try !traces().isEmpty)
        try reader.execute("COMMIT")
        #expect(try store.prune(options).erasure == .erased)
        #expect(try traces().isEmpty)
    }
}
