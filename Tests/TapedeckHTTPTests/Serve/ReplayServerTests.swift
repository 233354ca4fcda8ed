#if HTTP
import Tapedeck
import TapedeckJSON
import TapedeckReplay
import TapedeckTestSupport
import Testing

@testable import TapedeckHTTP

@Suite("A stand-in", .fewAtATime)
struct ReplayServerTests {
    static func exchange(
        _ tag: String = "openai.chat",
        _ request: JSONText = ["model": "m", "temperature": 1],
        _ response: JSONText? = ["answer": 1],
        http: JSONText? = nil
    ) -> RecordedExchange {
        RecordedExchange(
            receivedNanoseconds: 1,
            protocol: tag,
            request: request,
            response: response,
            extra: http.map { ["http": $0] }
        )
    }

    @Test(
        "answers a request that means the same",
        arguments: [
            #"{"model":"m","temperature":1}"#, #"{ "temperature": 1.0, "model": "m" }"#,
            #"{"model":"x","model":"\u006d","temperature":10e-1}"#,
        ]
    )
    func equal(request: String) async throws {
        let run = try await withServer([Self.exchange()]) { port in
            try TestSocket(port: port).exchange(request)
        }
        #expect(run.result.head.hasPrefix("HTTP/1.1 200 OK"))
        #expect(run.result.head.contains("Content-Type: application/json"))
        #expect(run.result.body == #"{"answer":1}"#)
        #expect(run.statistics.answeredCount == 1 && run.statistics.missedCount == 0)
    }

    @Test(
        "says why it has no answer",
        arguments: [
            ("/v1/chat/completions", #"{"model":"m","temperature":2}"#, "no_equal_request", "/temperature"),
            ("/v1/chat/completions", "no JSON", "no_equal_request", "differs at"),
            ("/v1/embeddings", #"{"model":"m"}"#, "no_exchange", "openai.embedding"),
            ("/elsewhere", "{}", "unknown_path", "no exchange was sent to this path"),
            ("/a/b?c=d", "{}", "unknown_path", "no rule leads"),
        ]
    )
    func misses(path: String, request: String, code: String, message: String) async throws {
        let run = try await withServer([Self.exchange()]) { port in
            try TestSocket(port: port).exchange(request, path: path)
        }
        #expect(run.result.head.hasPrefix("HTTP/1.1 404 Not Found"))
        let error = try #require(try JSONText(validating: run.result.body)["error"])
        #expect(error["code"]?.string == code)
        #expect(error["message"]?.string?.contains(message) == true, "\(run.result.body)")
        #expect(run.statistics.missedCount == 1 && run.statistics.answeredCount == 0)
    }

    @Test("answers equal requests in stored order, and then from the first again")
    func order() async throws {
        let exchanges = (1...3).flatMap { number in
            [
                Self.exchange("openai.chat", ["model": "m"], .init(integer: number)),
                Self.exchange("openai.chat", ["model": "other"], .init(integer: -number)),
            ]
        }
        let run = try await withServer(exchanges) { port in
            let socket = try TestSocket(port: port)
            return try (0..<7).map { _ in try socket.exchange(#"{"model":"m"}"#).body }
        }
        #expect(run.result == ["1", "2", "3", "1", "2", "3", "1"])
        #expect(run.statistics.exchangeCount == 6)
    }

    @Test("does not answer with exchanges that are open or cut off, nor with what the filter leaves out")
    func leftOut() async throws {
        var filter = ExchangeFilter()
        filter.protocols = [.prefix("openai.")]
        let exchanges = [
            Self.exchange("openai.chat", [:], [3], http: ["request_cut": true]),
            Self.exchange("openai.chat", [:], nil), Self.exchange("openai.chat", [:], [1]),
            Self.exchange("anthropic.messages", [:], [2]),
        ]
        let run = try await withServer(exchanges, filter: filter) { port in
            let socket = try TestSocket(port: port)
            let answers = try (0..<2).map { _ in try socket.exchange("{}").body }
            return (answers, try socket.exchange("{}", path: "/v1/messages").head)
        }
        #expect(run.result.0 == ["[1]", "[1]"])
        #expect(run.result.1.hasPrefix("HTTP/1.1 404"))
        #expect(run.statistics.openCount == 1 && run.statistics.exchangeCount == 1)
        #expect(run.statistics.cutCount == 1)
    }

    @Test(
        "finds what a path leads to: an own rule, a known path, a recorded one, a tag",
        arguments: [
            ("/own/a", 1), ("/v1/embeddings?x=1", 2), ("/recorded", 3), ("/own.%63hat", 4),
            ("/v1/models/a", 5),
            ("/v1/models/b", 6), ("/v1/models/c", nil), ("/recorded/", nil), ("/own.chat/", nil),
        ] as [(String, Int?)]
    )
    func routing(path: String, answer: Int?) async throws {
        func captured(_ path: String) -> JSONText { ["method": "POST", "path": .init(string: path)] }
        let exchanges = [
            Self.exchange("own.rule", [:], 1), Self.exchange("openai.embedding", [:], 2),
            Self.exchange("own.path", [:], 3, http: captured("/recorded")),
            Self.exchange("own.chat", [:], 4),
            Self.exchange("own.model", [:], 5, http: captured("/v1/models/a")),
            Self.exchange("own.model", [:], 6, http: captured("/v1/models/b")),
        ]
        let rules = [
            RouteRule(path: "/own/*", protocol: "own.rule"),
            RouteRule(path: "/v1/models/*", protocol: "own.model"),
        ]
        let run = try await withServer(exchanges, options: { $0.routes = rules + RouteRule.wellKnown }) {
            try TestSocket(port: $0).exchange("{}", path: path)
        }
        #expect(run.result.head.hasPrefix(answer == nil ? "HTTP/1.1 404" : "HTTP/1.1 200"))
        if let answer { #expect(run.result.body == "\(answer)") }
    }

    @Test("does not answer a request of another method")
    func methods() async throws {
        let captured: JSONText = ["method": "GET", "path": "/recorded"]
        let empty: JSONText = ["$base64": ""]
        let run = try await withServer([Self.exchange("own", empty, [1], http: captured)]) { port in
            let socket = try TestSocket(port: port)
            try socket.send("GET /recorded HTTP/1.1\r\nHost: test\r\n\r\n")
            let answer = try socket.receiveResponse()
            return (answer, try socket.exchange("", path: "/recorded"))
        }
        #expect(run.result.0.body == "[1]")
        #expect(run.result.1.head.hasPrefix("HTTP/1.1 404"))
    }

    @Test("answers HEAD without a body, so that the next answer is found where it begins")
    func headAlone() async throws {
        let captured: JSONText = ["method": "HEAD", "path": "/recorded", "content_type": "text/own"]
        let run = try await withServer([
            Self.exchange("own", ["$base64": ""], [1], http: captured), Self.exchange(),
        ]) { port in
            let socket = try TestSocket(port: port)
            let heads = try ["/recorded", "/elsewhere"].map { path in
                try socket.send("HEAD \(path) HTTP/1.1\r\nHost: test\r\n\r\n")
                return try socket.receive(until: "\r\n\r\n")
            }
            return (heads, try socket.exchange(#"{"model":"m","temperature":1}"#))
        }
        #expect(run.result.0[0].hasPrefix("HTTP/1.1 200 OK") && run.result.0[0].contains("text/own"))
        #expect(run.result.0[1].hasPrefix("HTTP/1.1 404"))
        #expect(run.result.0.allSatisfy { $0.hasSuffix("\r\n\r\n") })
        #expect(run.result.1.head.hasPrefix("HTTP/1.1 200 OK") && run.result.1.body == #"{"answer":1}"#)
    }

    @Test("ignores what may differ")
    func ignored() async throws {
        let stored = Self.exchange("openai.chat", ["user": "a", "messages": [["id": 1, "role": "user"]]])
        let run = try await withServer(
            [stored],
            options: { $0.ignored = ["user", "/messages/*/id"] }
        ) { port in
            let socket = try TestSocket(port: port)
            return try [
                #"{"messages":[{"id":2,"role":"user"}]}"#, #"{"messages":[{"role":"user"}],"user":"b"}"#,
                #"{"messages":[{"role":"tool"}]}"#, #"{"messages":[{"role":"user"}],"id":1}"#,
            ].map { try socket.exchange($0).head.hasPrefix("HTTP/1.1 200") }
        }
        #expect(run.result == [true, true, false, false])
    }

    @Test("sends status, type and bytes as they were recorded")
    func verbatim() async throws {
        let captured: JSONText = ["method": "POST", "status": 429, "content_type": "text/plain"]
        let exchanges = [
            Self.exchange("openai.chat", ["$base64": "AP8="], ["$base64": "b25lCnR3bw=="], http: captured)
        ]
        let run = try await withServer(exchanges) { port in
            let socket = try TestSocket(port: port)
            try socket.send(
                Array("POST /v1/chat/completions HTTP/1.1\r\nHost: test\r\nContent-Length: 2\r\n\r\n".utf8)
                    + [0, 255]
            )
            return try socket.receiveResponse()
        }
        #expect(run.result.head.hasPrefix("HTTP/1.1 429 Too Many Requests"))
        #expect(run.result.head.contains("Content-Type: text/plain"))
        #expect(run.result.body == "one\ntwo")
    }

    @Test("takes a coding off a request, and refuses what is too large")
    func bodies() async throws {
        // gzip of {"a":1}
        let zipped: [UInt8] = [
            0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 2, 3, 0xAB, 0x56, 0x4A, 0x54, 0xB2, 0x32, 0xAC, 5, 0, 0xAF, 0xAC,
            0x1B, 0x56, 7, 0, 0, 0,
        ]
        let run = try await withServer(
            [Self.exchange("openai.chat", ["a": 1], [1])],
            options: { $0.bodyLimitByteCount = 100 }
        ) { port in
            let socket = try TestSocket(port: port)
            let large = try socket.exchange(String(repeating: " ", count: 101)).head
            let other = try TestSocket(port: port)
            let head = "POST /v1/chat/completions HTTP/1.1\r\nHost: test\r\nContent-Encoding: gzip\r\n"
            try other.send(Array((head + "Content-Length: \(zipped.count)\r\n\r\n").utf8) + zipped)
            return (large, try other.receiveResponse().body)
        }
        #expect(run.result.0.hasPrefix("HTTP/1.1 413"))
        #expect(run.result.1 == "[1]")
    }
}
#endif
