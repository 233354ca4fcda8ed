#if HTTP
import Synchronization
import Tapedeck
import TapedeckJSON
import TapedeckTestSupport
import Testing

@testable import TapedeckHTTP

@Suite("A proxy passes on", .fewAtATime)
struct ProxyForwardingTests {
    @Test("requests of one connection, one after another, over one connection to the upstream")
    func keepAlive() async throws {
        let server = try StandInServer.answering(StandInServer.json(#"{"n":1.10}"#))
        let run = try await withProxy(server) { port in
            let client = try TestSocket(port: port)
            return try (0..<3).map { try client.exchange(#"{"i":\#($0)}"#).body }
        }
        #expect(run.result == Array(repeating: #"{"n":1.10}"#, count: 3))
        #expect(server.connectionCount == 1)
        #expect(run.exchanges.map(\.request.text) == (0..<3).map { #"{"i":\#($0)}"# })
        #expect(
            run.exchanges.allSatisfy { $0.response?.text == #"{"n":1.10}"# && $0.protocol == "openai.chat" }
        )
    }

    @Test("requests that were sent before they were answered, in their order")
    func pipelining() async throws {
        let server = try StandInServer { socket in
            for index in 0..<3 {
                let head = try socket.receive(until: "\r\n\r\n")
                let body = try socket.receiveBody(of: head)
                try socket.send(StandInServer.json("[\(index),\(body)]"))
            }
        }
        let run = try await withProxy(server) { port in
            let client = try TestSocket(port: port)
            try client.send((0..<3).map { client.request("\($0)") }.joined())
            return try client.receive(until: "[2,2]")
        }
        #expect(run.result.contains("[0,0]") && run.result.contains("[1,1]"))
        #expect(run.exchanges.map { $0.response?.text } == ["[0,0]", "[1,1]", "[2,2]"])
    }

    @Test("headers, but for those of one hop and the host")
    func headers() async throws {
        let seen = Mutex("")
        let server = try StandInServer { socket in
            let head = try socket.receive(until: "\r\n\r\n")
            seen.withLock { $0 = head }
            try socket.send(
                StandInServer.json(
                    "{}",
                    headers: "X-Answer: 1\r\nKeep-Alive: timeout=9\r\nX-Gone: 1\r\nConnection: X-Gone\r\n"
                )
            )
        }
        let run = try await withProxy(server) { port in
            let client = try TestSocket(port: port)
            try client.send(
                "GET /any?q=1 HTTP/1.1\r\nHost: elsewhere\r\nX-Kept: a\r\nX-Kept: b\r\nTE: trailers\r\nX-Dropped: 1\r\n"
                    + "Connection: keep-alive, X-Dropped\r\nProxy-Connection: x\r\nUser-Agent: t\r\n\r\n"
            )
            return try client.receiveResponse().head
        }
        let expected =
            "GET /any?q=1 HTTP/1.1\r\nHost: 127.0.0.1:\(server.port)\r\nX-Kept: a\r\nX-Kept: b\r\nUser-Agent: t\r\n\r\n"
        #expect(seen.withLock { $0 } == expected)
        #expect(run.result.contains("X-Answer: 1"))
        #expect(!run.result.contains("Keep-Alive") && !run.result.contains("X-Gone"))
        #expect(run.exchanges.isEmpty)
    }

    @Test(
        "a body's framing as it was",
        arguments: [
            "Content-Length: 7\r\n\r\n{\"a\":1}",
            "Transfer-Encoding: chunked\r\n\r\n3\r\n{\"a\r\n4\r\n\":1}\r\n0\r\n\r\n",
        ]
    )
    func framing(message: String) async throws {
        let seen = Mutex("")
        let server = try StandInServer { socket in
            var text = try socket.receive(until: "\r\n\r\n")
            while !text.contains("1}") || text.contains("chunked") && !text.hasSuffix("0\r\n\r\n") {
                text += String(decoding: try socket.receive(), as: UTF8.self)
            }
            seen.withLock { $0 = text }
            try socket.send("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n\(message)")
        }
        let run = try await withProxy(server) { port in
            let client = try TestSocket(port: port)
            try client.send("POST /v1/embeddings HTTP/1.1\r\nHost: t\r\n\(message)")
            return try client.receive(until: message.hasSuffix("0\r\n\r\n") ? "0\r\n\r\n" : "1}")
        }
        let isChunked = message.contains("chunked")
        for text in [seen.withLock { $0 }, run.result] {
            #expect(text.contains("Transfer-Encoding: chunked") == isChunked)
            #expect(text.contains("Content-Length: 7") == !isChunked)
        }
        #expect(run.exchanges.map(\.request.text) == [#"{"a":1}"#])
        #expect(run.exchanges.first?.response?.text == #"{"a":1}"#)
    }

    @Test(
        "responses that have no body by their nature",
        arguments: [
            ("HEAD", "200 OK", "Content-Length: 12\r\n"), ("GET", "204 No Content", ""),
            ("GET", "304 Not Modified", "ETag: x\r\n"),
        ]
    )
    func noBody(method: String, status: String, header: String) async throws {
        let server = try StandInServer.answering("HTTP/1.1 \(status)\r\n\(header)\r\n")
        let run = try await withProxy(server) { port in
            let client = try TestSocket(port: port)
            return try (0..<2).map { _ in
                try client.send("\(method) /x HTTP/1.1\r\nHost: t\r\n\r\n")
                return try client.receive(until: "\r\n\r\n")
            }
        }
        #expect(run.result == Array(repeating: "HTTP/1.1 \(status)\r\n\(header)\r\n", count: 2))
    }

    @Test("the wish to be told to continue, and the answer to it")
    func expectContinue() async throws {
        let server = try StandInServer { socket in
            let head = try socket.receive(until: "\r\n\r\n")
            guard head.contains("100-continue") else { return }
            try socket.send("HTTP/1.1 100 Continue\r\n\r\n")
            let body = try socket.receive(until: "}")
            try socket.send(StandInServer.json(body))
        }
        let run = try await withProxy(server) { port in
            let client = try TestSocket(port: port)
            try client.send(
                "POST /v1/messages HTTP/1.1\r\nHost: t\r\nContent-Length: 7\r\nExpect: 100-continue\r\n\r\n"
            )
            let interim = try client.receive(until: "\r\n\r\n")
            try client.send(#"{"b":2}"#)
            return [interim, try client.receiveResponse().body]
        }
        #expect(run.result == ["HTTP/1.1 100 Continue\r\n\r\n", #"{"b":2}"#])
        #expect(run.exchanges.map(\.protocol) == ["anthropic.messages"])
    }

    @Test("a body that ends with its connection: in chunks to HTTP/1.1, as it is to HTTP/1.0")
    func untilClose() async throws {
        let server = try StandInServer { socket in
            _ = try socket.receive(until: "\r\n\r\n")
            try socket.send("HTTP/1.0 200 OK\r\n\r\nwhole")
        }
        let run = try await withProxy(server) { port in
            try ["1.1", "1.0"].map { version in
                let client = try TestSocket(port: port)
                try client.send("GET /x HTTP/\(version)\r\nHost: t\r\nConnection: close\r\n\r\n")
                return try client.receiveAll()
            }
        }
        #expect(run.result[0].hasSuffix("5\r\nwhole\r\n0\r\n\r\n"))
        #expect(run.result[1].hasSuffix("\r\n\r\nwhole") && !run.result[1].contains("chunked"))
    }
}
#endif
