#if HTTP
import Foundation
import Tapedeck
import TapedeckRedaction
import TapedeckTestSupport
import Testing

@testable import TapedeckHTTP

@Suite("A recording that is redacted", .fewAtATime)
struct RedactedRecordingTests {
    private static let canary = "c4nary-7f3a"
    /// The part of the secret that stands in the second of two events.
    private static let tail = "ry-7f3a"
    private static let credential = "cr3dential"
    private static let escaped = canary.utf8.map { "\\u00" + String($0, radix: 16) }.joined()
    private static let encoded = canary.utf8.map { "%" + String($0, radix: 16) }.joined()
    /// A body that is no JSON, and the same as it is stored.
    private static let text = "plain \(canary)"
    private static let base64 = Data(text.utf8).base64EncodedString()

    /// What must not be found where redaction is on, and must be found where it is off.
    private static var needles: [String] { [canary, tail, escaped, encoded, base64] }

    /// Answers each path with the secret in another place.
    private static func server() throws -> StandInServer {
        let event = { (text: Substring) in
            #"data: {"choices":[{"index":0,"delta":{"content":"\#(text)"}}]}"# + "\n\n"
        }
        let streamHead = "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nX-User: \(canary)\r\n"
        let events = event(canary.dropLast(tail.count)) + event(canary.suffix(tail.count))
        return try StandInServer { socket in
            while true {
                let head = try socket.receive(until: "\r\n\r\n")
                if head.isEmpty { return }
                try socket.receiveBody(of: head)
                switch head.split(separator: " ").dropFirst().first?.prefix(while: { $0 != "?" }) {
                case "/v1/chat/completions":
                    try socket.send(
                        "\(streamHead)Content-Length: \(events.utf8.count + 14)\r\n\r\n\(events)data: [DONE]\n\n"
                    )
                case "/v1/completions":
                    // It is cut off after its events.
                    return try socket.send("\(streamHead)Content-Length: 100000\r\n\r\n\(events)")
                case "/v1/messages":
                    try socket.send(
                        "HTTP/1.1 502 Bad Gateway\r\nContent-Length: \(text.utf8.count)\r\n\r\n\(text)"
                    )
                case "/v1/responses":
                    return
                default:
                    let body = #"{"a":[[{"b":"x\#(canary)y"}]],"c":"\#(escaped)"}"#
                    try socket.send(StandInServer.json(body, headers: "X-User: \(canary)\r\n"))
                }
            }
        }
    }

    /// Sends requests that hold the secret in the path, the query, headers and bodies, and one that is not HTTP.
    private static func send(to port: Int) throws {
        let headers =
            "Connection: close\r\nX-User: \(canary)\r\nAuthorization: Bearer \(credential)\r\nCookie: c=\(credential)\r\n"
        let body = #"{"messages":[{"content":"x \#(canary)"}],"user":"\#(escaped)"}"#
        for path in ["embeddings", "chat/completions", "completions", "messages", "responses"] {
            for query in [canary, encoded] {
                let client = try TestSocket(port: port)
                try client.send(
                    client.request(
                        body,
                        path: "/v1/\(path)?user=\(query)&other=\(credential)",
                        headers: headers
                    )
                )
                _ = try client.receiveAll()
            }
        }
        let model = try TestSocket(port: port)
        try model.send(model.request(text, path: "/v2/models/\(encoded)/infer", headers: headers))
        _ = try model.receiveAll()
        let broken = try TestSocket(port: port)
        try broken.send("POST /v1/embeddings?user=\(canary) HTTP/1.1\r\n\(canary)\r\n\r\n")
        broken.endWriting()
        _ = try broken.receiveAll()
    }

    @Test(
        "holds no secret in the database, its log, an export or what it says, and one that is not does",
        arguments: [true, false]
    )
    func canary(isRedacted: Bool) async throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "record-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let rules = FileManager.default.temporaryDirectory.appending(path: "rules-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: rules) }
        try Data(#"{"rules":[{"pattern":"c4nary-[0-9a-f]{4}"}]}"#.utf8).write(to: rules)
        let server = try Self.server()
        let recording = try RecordProcess(
            in: folder,
            upstreamPort: server.port,
            ["--verbose", "--json", "--header", "x-user", "--header", "authorization", "--query", "user"]
                + (isRedacted ? ["--redact", rules.path, "--redact-key-env", "CANARY_KEY"] : []),
            environment: ["CANARY_KEY": "a key that only tests use"]
        )
        // While somebody else has the store open, its log stays when the recording ends.
        let store = try CaptureStore(path: folder.appending(path: "x.tapedeck").path, access: .read)
        let reader = try ReplayReader(store: store)
        let port = recording.port
        try await blocking { try Self.send(to: port) }.get()
        // What was refused is told by the exit code, too.
        #expect(try recording.end() == (isRedacted ? 1 : 0))
        try store.export(to: .file(folder.appending(path: "x.jsonl").path))

        let summary = try JSONText(validating: recording.output)
        // Each of the two kinds of body that is no JSON: both responses of one path, and one request.
        #expect(summary["refused"]?.text == (isRedacted ? "3" : "0"), "\(recording.output)")
        #expect(summary["refused_failures"]?.text == (isRedacted ? #"{"status 502":2}"# : "{}"))
        #expect(summary["stored"]?.text == (isRedacted ? "8" : "11"))
        #expect(summary["dropped"]?.text == "0" && summary["open"]?.text == "4")
        let files = try FileManager.default.contentsOfDirectory(atPath: folder.path)
        #expect(files.contains("x.tapedeck-wal"))
        var contents = Data((recording.errors + recording.output).utf8)
        for needle in Self.needles + [Self.credential] {
            #expect(
                contents.range(of: Data(needle.utf8)) == nil,
                "\(needle) in what it says: \(recording.errors)"
            )
        }
        for file in files { contents += try Data(contentsOf: folder.appending(path: file)) }
        for needle in Self.needles {
            #expect((contents.range(of: Data(needle.utf8)) == nil) == isRedacted, "\(needle)")
        }
        #expect(contents.range(of: Data(Self.credential.utf8)) == nil)
        _ = try reader.next()
    }

    @Test("names the rules that matched nothing")
    func unmatchedRules() async throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "record-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let server = try StandInServer.answering(StandInServer.json(#"{"user":"me"}"#))
        let recording = try RecordProcess(
            in: folder,
            upstreamPort: server.port,
            [
                "--redact-rule", "member=user", "--redact-rule", "member=User", "--redact-key-env",
                "CANARY_KEY",
            ],
            environment: ["CANARY_KEY": "a key that only tests use"]
        )
        let port = recording.port
        try await blocking {
            let client = try TestSocket(port: port)
            try client.send(client.request(#"{"user":"me"}"#, path: "/v1/embeddings"))
            _ = try client.receiveResponse()
        }.get()
        #expect(try recording.end() == 0)
        let notes = recording.errors.split(separator: "\n").filter { $0.contains("note:") }
        #expect(notes == ["tapedeck: note: the redaction rule 'member=User' matched nothing"])
    }

    @Test("by a recorder with a transform is redacted for whatever captures into it")
    func library() async throws {
        let redactor = try Redactor(
            rules: RedactionRules([RedactionRule(.member("user"))]),
            key: RedactionKey(bytes: Array("a key that only tests use".utf8))
        )
        var options = CaptureRecorder.Options()
        options.transform = redactor.redact
        var configuration = CaptureConfiguration()
        configuration.storedHeaders = ["User"]
        configuration.storedQueryNames = ["user"]
        let server = try StandInServer.answering(StandInServer.json(#"{"user":"me"}"#))
        let run = try await withProxy(server, configuration: configuration, recorderOptions: options) {
            port in
            let client = try TestSocket(port: port)
            try client.send(
                client.request(#"{"user":"me"}"#, path: "/v1/embeddings?user=me", headers: "User: me\r\n")
            )
            return try client.receiveResponse().body
        }
        #expect(run.result == #"{"user":"me"}"#)
        let exchange = try #require(run.exchanges.first)
        let http = try #require(exchange.extra?["http"])
        let values = [
            exchange.request["user"], exchange.response?["user"], http["query"]?["user"],
            http["request_headers"]?["user"],
        ]
        #expect(values.allSatisfy { $0?.string?.hasPrefix("redacted:") == true })
        #expect(Set(values.map { $0?.string }).count == 1)
    }
}
#endif
