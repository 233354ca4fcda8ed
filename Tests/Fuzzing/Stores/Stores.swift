import Driver
import Foundation
@testable import Tapedeck
@testable import TapedeckSQLite

@main enum StoresProgram {
    static func main() {
        runFuzzer { start, size in start.map { fuzz($0, size) } ?? 0 }
    }
}

/// A damaged store: opening, counting, summing up, reading, verifying and salvaging it ends or throws, and never crashes.
/// Nothing is missing from the salvage of a store that was found sound.
///
/// Each four bytes of the input are a place in a good store, three bytes, and what stands there instead. Where there is
/// a rest of them, that many pages are cut off at the end.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzz(_ start: UnsafePointer<UInt8>, _ count: Int) -> CInt {
    let edits = UnsafeBufferPointer(start: start, count: count)
    do {
        let workshop = try Workshop.shared.get()
        try workshop.damaged(by: edits).write(to: workshop.file)
        for name in ["-wal", "-shm", "-journal"] {
            try? FileManager.default.removeItem(atPath: workshop.file.path + name)
        }
        // An odd count has pages cut off too, so the access goes by a byte.
        let access: CaptureStore.Access = edits.last.map { $0.isMultiple(of: 2) } ?? true ? .read : .write
        if let store = try? CaptureStore(path: workshop.file.path, access: access) {
            survey(store, savingTo: workshop.archive.path)
            read(store)
        }
    } catch {
        fatalError("the fuzzer's own files: \(error)")
    }
    return 0
}

private func survey(_ store: CaptureStore, savingTo archive: String) {
    let verified = try? store.verify()
    let salvaged = try? store.salvage(to: archive, replaces: true)
    guard let verified, verified.isSound else { return }
    guard let salvaged else { preconditionFailure("a sound store cannot be salvaged") }
    precondition(salvaged.missingIDs.isEmpty, "a sound store is salvaged in part")
    precondition(salvaged.salvagedCount == verified.rowCount, "what is salvaged is not what was verified")
}

private func read(_ store: CaptureStore) {
    _ = try? store.count()
    _ = try? store.protocols()
    _ = try? store.statistics()
    _ = try? store.exchange(id: 7)
    for order in [ExchangeFilter.Order.insertion, .arrival] {
        var filter = ExchangeFilter()
        filter.order = order
        guard let reader = try? ReplayReader(store: store, filter: filter) else { continue }
        // A damaged store may lead in circles, but there is no more than the file can hold.
        var (readCount, failureCount) = (0, 0)
        // Behind a damaged exchange others follow; where a page cannot be read, the same failure comes again and again.
        while failureCount < 2 * Workshop.exchangeCount {
            do {
                guard let exchange = try reader.next() else { break }
                readCount += 1
                precondition(readCount <= 100_000, "reading a small store does not end")
                // A store is trusted to hold JSON, and whether it still does is for checksums to tell; where there is none,
                // a body that is no JSON any more must be harmless all the same.
                walk(exchange.request)
                if let response = exchange.response { walk(response) }
            } catch {
                failureCount += 1
            }
        }
    }
}

private func walk(_ body: JSONText) {
    _ = body.kind
    _ = body.string
    _ = body["word"]
    _ = body.prettyPrinted()
    _ = body.isEquivalent(to: .null)
    for element in body.elements.prefix(8) { walk(element) }
    for (_, value) in body.members.prefix(8) { walk(value) }
}

/// A good store to damage, in a folder that goes with the process's temporary files.
private struct Workshop {
    static let shared = Result { try Workshop() }
    static let exchangeCount = 20
    private static let pageSize = 16384

    let file: URL
    let archive: URL
    private let good: Data

    init() throws {
        let folder = FileManager.default.temporaryDirectory.appending(
            path: "tapedeck-fuzzing-\(UUID().uuidString)"
        )
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        let path = folder.appending(path: "good.tapedeck").path
        do {
            let store = try CaptureStore(path: path)
            let writer = try RecordingWriter(store: store)
            // Few pages, for speed, and one exchange that needs pages of its own.
            for index in 0..<Self.exchangeCount {
                let wordCount = index == 7 ? 2000 : index * 10
                let words = JSONText(string: String(repeating: "wörd\n", count: wordCount))
                let body = JSONText(object: [
                    (name: "word", value: words), (name: "n", value: JSONText(integer: index)),
                ])
                let exchange = RecordedExchange(
                    receivedNanoseconds: UInt128(index),
                    latencyNanoseconds: index % 3 == 0 ? nil : UInt64(index),
                    protocol: ["openai.chat", "kserve.infer"][index % 2],
                    request: body,
                    response: index % 3 == 0 ? nil : body
                )
                try writer.write(exchange)
            }
            try writer.flush()
            // Those of an early version have no checksum, so that what becomes of them is read and looked into.
            try store.opener.connectForWriting().execute(
                "UPDATE exchanges SET checksum = NULL WHERE id % 2 = 0"
            )
        }
        good = try Data(contentsOf: URL(filePath: path))
        file = folder.appending(path: "damaged.tapedeck")
        archive = folder.appending(path: "salvaged.jsonl")
    }

    func damaged(by edits: UnsafeBufferPointer<UInt8>) -> Data {
        var bytes = good
        for index in stride(from: 0, to: edits.count - 3, by: 4) {
            let place = Int(edits[index]) << 16 | Int(edits[index + 1]) << 8 | Int(edits[index + 2])
            bytes[place % bytes.count] = edits[index + 3]
        }
        return bytes.dropLast(edits.count % 4 * Self.pageSize)
    }
}
