import Foundation
import Testing

@testable import Tapedeck
@testable import TapedeckRedaction

@Suite struct CanaryTests {
    private static let canary = "c4nary-7f3a"

    /// An exchange with the secret in each place where traffic may hold it.
    private static func exchanges() throws -> [RecordedExchange] {
        let escaped = canary.utf8.map { "\\u00" + String($0, radix: 16) }.joined()
        let (head, tail) = (canary.prefix(4), canary.dropFirst(4))
        let base64 = Data(canary.utf8).base64EncodedString()
        let chunk = { (text: Substring) in
            #"{"choices":[{"index":0,"delta":{"content":"\#(text)"}}]}"#
        }
        let stream = try JSONText(validating: "[\(chunk(head)),\(chunk(tail))]")
        let headers: ExtraMembers = ["http": ["query": ["q": JSONText(string: canary)], "framing": "none"]]
        let open: ExtraMembers = ["http": ["framing": "sse", "events": stream]]
        let nested = try JSONText(validating: #"{"a":[[{"b":"x\#(canary)y"}]],"c":"\#(escaped)"}"#)
        let secret = try JSONText(validating: #"{"password":{"p":["\#(base64)",4417]}}"#)
        let body = try JSONText(validating: #"{"$base64":"\#(base64)"}"#)
        func make(_ request: JSONText, _ response: JSONText?, _ extra: ExtraMembers?) -> RecordedExchange {
            RecordedExchange(
                receivedNanoseconds: 1,
                protocol: "p",
                request: request,
                response: response,
                extra: extra
            )
        }
        return [
            make(nested, nested, headers), make(secret, nil, nil), make([:], nil, open),
            make([:], stream, ["http": ["framing": "sse"]]), make(body, nil, nil), make([:], body, nil),
            make(JSONText(object: [(name: canary, value: JSONText.null)]), nil, nil),
        ]
    }

    @Test func `A secret reaches neither the database, its log, an archive nor a report`() async throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "canary-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let redactor = try Redactor(
            rules: RedactionRules([
                RedactionRule(.pattern("c4nary-[0-9a-f]{4}")), RedactionRule(.member("password")),
            ]),
            key: RedactionKey(bytes: Array("a key that only tests use".utf8))
        )
        let store = try CaptureStore(path: folder.appending(path: "store").path)
        var options = CaptureRecorder.Options()
        options.transform = redactor.redact
        let (reports, isReported) = AsyncStream.makeStream(of: String.self)
        options.onProblem = { isReported.yield("\($0)") }
        let recorder = try CaptureRecorder(store: store, options: options)
        for exchange in try Self.exchanges() { recorder.record(exchange) }
        try await recorder.flush()
        try store.export(to: .file(folder.appending(path: "archive").path))

        let statistics = recorder.statistics
        #expect(statistics.committedCount == 4)
        #expect(statistics.refusedCount == 3 && statistics.droppedCount == 3)
        let needles = [
            Self.canary, String(Self.canary.dropFirst(4)), Data(Self.canary.utf8).base64EncodedString(),
        ]
        let files = try FileManager.default.contentsOfDirectory(atPath: folder.path)
        #expect(files.contains("store-wal") && files.contains("archive"))
        for file in files {
            let bytes = try Data(contentsOf: folder.appending(path: file))
            for needle in needles {
                #expect(bytes.range(of: Data(needle.utf8)) == nil, "\(needle) in \(file)")
            }
        }
        try await recorder.shutdown()
        isReported.finish()
        for await report in reports {
            for needle in needles { #expect(!report.contains(needle)) }
        }
    }
}
