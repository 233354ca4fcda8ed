#if HTTP
import Tapedeck
import TapedeckJSON
import TapedeckReplay
import TapedeckTestSupport
import Testing

@testable import TapedeckHTTP

@Suite("A transport over HTTP", .fewAtATime)
struct HTTPTransportTests {
    /// What it makes of bytes that a server answers with; the connection is closed after them.
    private static func response(
        to request: ReplayRequest = ReplayRequest(path: "/x"),
        pieces: [String],
        options: (inout HTTPTransport.Options) -> Void = { _ in }
    ) async throws -> ServerResponse {
        let server = try StandInServer { socket in
            try socket.receiveBody(of: try socket.receive(until: "\r\n\r\n"))
            for piece in pieces { try socket.send(piece) }
            socket.endWriting()
        }
        return try await send(request, to: server, options: options).response
    }

    private static func send(
        _ request: ReplayRequest = ReplayRequest(path: "/x"),
        to server: StandInServer,
        options: (inout HTTPTransport.Options) -> Void = { _ in }
    ) async throws -> TransportResult {
        try await send(request, port: server.port, options: options)
    }

    private static func send(
        _ request: ReplayRequest = ReplayRequest(path: "/x"),
        port: Int,
        options: (inout HTTPTransport.Options) -> Void = { _ in }
    ) async throws -> TransportResult {
        var settings = HTTPTransport.Options()
        options(&settings)
        let transport = try HTTPTransport("http://127.0.0.1:\(port)", options: settings)
        let result = await transport.send(request)
        try await transport.shutdown()
        return result
    }

    private static func head(_ type: String, _ more: String = "") -> String {
        "HTTP/1.1 200 OK\r\nContent-Type: \(type)\r\n\(more)"
    }

    @Test("sends method, path, headers and body, and reads a plain answer")
    func plain() async throws {
        let server = try StandInServer { socket in
            let head = try socket.receive(until: "\r\n\r\n")
            let body = try socket.receiveBody(of: head)
            let line = head.prefix { $0 != "\r\n" }
            let said: JSONText = [
                "line": .init(string: String(line)), "body": .init(string: body),
                "own": .init(string: head.lowercased().contains("\r\nx-own: a b\r\n") ? "yes" : "no"),
                "host": .init(string: head.lowercased().contains("\r\nhost: 127.0.0.1:") ? "yes" : "no"),
            ]
            try socket.send(StandInServer.json(said.text))
        }
        let request = ReplayRequest(
            method: "PUT",
            path: "/a/b?c=%20d",
            headers: [.init("X-Own", "a b")],
            body: Array("{}".utf8)
        )
        let result = try await Self.send(request, to: server)
        #expect(result.response.status == 200 && result.response.failure == nil)
        #expect(result.response.framing == .none && !result.response.isError)
        #expect(
            result.response.body == [
                "line": "PUT /a/b?c=%20d HTTP/1.1", "body": "{}", "own": "yes", "host": "yes",
            ]
        )
    }

    @Test("finds the events of a stream, wherever its pieces end", arguments: [1, 2, 3, 5, 7, 1000])
    func events(pieceLength: Int) async throws {
        let stream =
            "\u{FEFF}: hi\r\nevent: a\r\ndata: {\"b\":\r\ndata: 1}\r\n\r\ndata: \"ü\"\n\ndata: [DONE]\n\n"
        let bytes = Array(stream.utf8)
        let server = try StandInServer { socket in
            try socket.receiveBody(of: try socket.receive(until: "\r\n\r\n"))
            try socket.send(Self.head("text/event-stream", "Transfer-Encoding: chunked\r\n\r\n"))
            for start in stride(from: 0, to: bytes.count, by: pieceLength) {
                let piece = bytes[start..<min(start + pieceLength, bytes.count)]
                try socket.send(Array("\(String(piece.count, radix: 16))\r\n".utf8) + piece + [13, 10])
            }
            try socket.send("0\r\n\r\n")
        }
        let response = try await Self.send(to: server).response
        #expect(response.framing == .sse)
        #expect(response.body?.isEquivalent(to: [["b": 1], "ü"]) == true, "\(response)")
        #expect(response.eventNames == ["a", nil])
        #expect(response.eventNanoseconds.count == 2 && response.isDone == true && response.failure == nil)
    }

    @Test("finds the lines of a stream, the last without an end too")
    func lines() async throws {
        let head = Self.head("application/x-ndjson", "Content-Length: 16\r\n\r\n")
        let response = try await Self.response(pieces: [head, "{\"a\":1", "}\n\n{\"", "b\":2"] + ["}"])
        #expect(response.framing == .ndjson && response.isDone == false)
        #expect(response.body?.text == #"[{"a":1},{"b":2}]"#)
        #expect(response.eventNames.isEmpty && response.eventNanoseconds.count == 2)
    }

    @Test(
        "takes an error for an answer",
        arguments: ["404 Not Found", "500 Internal Server Error", "302 Found"]
    )
    func errors(status: String) async throws {
        let elsewhere = try StandInServer.answering(StandInServer.json("1"))
        let answer = StandInServer.json(
            #"{"error":1}"#,
            status: status,
            headers: "Location: http://127.0.0.1:\(elsewhere.port)/\r\n"
        )
        let response = try await Self.response(pieces: [answer])
        #expect(response.status == Int(status.prefix(3)))
        #expect(response.body == ["error": 1] && response.failure == nil)
        #expect(elsewhere.connectionCount == 0)
    }

    @Test("keeps what is no JSON as bytes")
    func noJSON() async throws {
        let response = try await Self.response(pieces: [
            Self.head("text/plain", "Content-Length: 5\r\n\r\n") + "hello"
        ])
        #expect(response.body == ["$base64": "aGVsbG8="])
    }

    /// gzip of "data: 1\n\n"
    private static let zipped: [UInt8] = [
        0x1F, 0x8B, 0x08, 0x00, 0x00, 0x00, 0x00, 0x00, 0x02, 0x03, 0x4B, 0x49, 0x2C, 0x49, 0xB4, 0x52,
        0x30, 0xE4, 0xE2, 0x02, 0x00, 0xCE, 0xCD, 0x78, 0x54, 0x09, 0x00, 0x00, 0x00,
    ]

    @Test(
        "says that gzip was cut short, though all that was announced came",
        arguments: ["application/json", "text/event-stream"],
        [1, 8, 20]
    )
    func cutCoding(type: String, missing: Int) async throws {
        let zipped = Self.zipped.dropLast(missing)
        let server = try StandInServer { socket in
            try socket.receiveBody(of: try socket.receive(until: "\r\n\r\n"))
            let head = Self.head(type, "Content-Encoding: gzip\r\nContent-Length: \(zipped.count)\r\n\r\n")
            try socket.send(Array(head.utf8))
            try socket.send(Array(zipped))
        }
        let response = try await Self.send(to: server).response
        #expect(response.failure == .cut)
    }

    @Test(
        "takes gzip off, in a stream too",
        arguments: [("application/json", "none"), ("text/event-stream", "sse")]
    )
    func coding(type: String, framing: String) async throws {
        let zipped = Self.zipped
        let server = try StandInServer { socket in
            try socket.receiveBody(of: try socket.receive(until: "\r\n\r\n"))
            let head = Self.head(type, "Content-Encoding: gzip\r\nContent-Length: \(zipped.count)\r\n\r\n")
            try socket.send(Array(head.utf8))
            try socket.send(Array(zipped.prefix(11)))
            try socket.send(Array(zipped.dropFirst(11)))
        }
        let response = try await Self.send(to: server).response
        #expect(response.framing.rawValue == framing && response.failure == nil)
        #expect(response.body == (framing == "sse" ? [1] : ["$base64": "ZGF0YTogMQoK"]))
    }

    @Test("says that nobody listens")
    func refused() async throws {
        let result = try await Self.send(port: try TestSocket.portWithoutListener())
        #expect(result.response.failure == .refused)
        #expect(result.response.status == nil && result.response.body == nil && result.response.isError)
    }

    @Test("says that the answer, or its rest, did not come in time", arguments: ["", "head"])
    func timeout(part: String) async throws {
        let server = try StandInServer { socket in
            try socket.receiveBody(of: try socket.receive(until: "\r\n\r\n"))
            if !part.isEmpty {
                try socket.send(Self.head("text/event-stream", "Content-Length: 99\r\n\r\ndata: 1\n\n"))
            }
            // Until the client gives up.
            _ = try socket.receive()
        }
        let response = try await Self.send(to: server, options: { $0.timeoutNanoseconds = 300_000_000 })
            .response
        #expect(response.failure == .timedOut)
        #expect(response.status == (part.isEmpty ? nil : 200))
        #expect(response.body == (part.isEmpty ? nil : [1]))
    }

    @Test(
        "keeps what came of an answer that was cut",
        arguments: [
            ("Content-Type: application/json\r\nContent-Length: 9\r\n\r\n{\"a\"", #"{"$base64":"eyJhIg=="}"#),
            ("Content-Type: text/event-stream\r\nContent-Length: 99\r\n\r\ndata: 1\n\ndata: 2\n", "[1]"),
            (
                "Content-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n9\r\ndata: 1\n\n\r\n3\r\nda",
                "[1]"
            ),
        ]
    )
    func cut(answer: String, body: String) async throws {
        let response = try await Self.response(pieces: ["HTTP/1.1 200 OK\r\n" + answer])
        #expect(response.failure == .cut && response.status == 200)
        #expect(response.body?.text == body)
        #expect(response.isDone != true)
    }

    @Test("does not listen for ever to a server that only says that it is still there")
    func endless() async throws {
        let server = try StandInServer { socket in
            try socket.receiveBody(of: try socket.receive(until: "\r\n\r\n"))
            try socket.send(Self.head("text/event-stream", "Transfer-Encoding: chunked\r\n\r\n"))
            // Until the client has had enough.
            while true { try socket.send("8\r\n: ping\n\n\r\n") }
        }
        let response = try await Self.send(to: server, options: { $0.answerLimitNanoseconds = 1_000_000 })
            .response
        #expect(response.failure == .timedOut && response.status == 200)
    }

    @Test("says that a connection ended before an answer, and sends nothing twice")
    func noAnswer() async throws {
        let server = try StandInServer { socket in _ = try socket.receive(until: "\r\n\r\n") }
        let response = try await Self.send(to: server).response
        #expect(response.failure == .cut && response.status == nil)
        #expect(server.connectionCount == 1)
    }

    @Test("says what is no HTTP")
    func noHTTP() async throws {
        let response = try await Self.response(pieces: ["SSH-2.0-x\r\n\r\n"])
        #expect(response.failure == .invalid)
    }

    @Test("reads no more than the limit, decoded")
    func tooLarge() async throws {
        let answer = StandInServer.json("\"\(String(repeating: "x", count: 98))\"")
        let fits = try await Self.response(pieces: [answer], options: { $0.bodyLimitByteCount = 100 })
        #expect(fits.failure == nil && fits.body?.string?.utf8.count == 98)
        let exceeds = try await Self.response(pieces: [answer], options: { $0.bodyLimitByteCount = 99 })
        #expect(exceeds.failure == .invalid && exceeds.status == 200)
    }

    @Test("wants a target without a path", arguments: ["127.0.0.1:1", "http://127.0.0.1:1/v1", "ftp://a"])
    func addresses(target: String) {
        #expect(throws: HTTPCaptureError.self) { try HTTPTransport(target) }
    }
}
#endif
