#if HTTP
import Dispatch
import NIOCore
import Synchronization
import Tapedeck
import TapedeckJSON
import TapedeckTestSupport
import Testing

@testable import TapedeckHTTP

@Suite("A proxy says", .fewAtATime)
struct ProxyFailureTests {
    @Test("502 when nobody listens at the upstream, and goes on serving the connection")
    func refused() async throws {
        let port = try TestSocket.portWithoutListener()
        let run = try await withProxy(upstream: "http://127.0.0.1:\(port)") { port in
            let client = try TestSocket(port: port)
            return [try client.exchange("{}"), try client.exchange("{}")].map { $0.head + $0.body }
        }
        for text in run.result {
            #expect(text.hasPrefix("HTTP/1.1 502 "))
            #expect(text.contains(#""type":"recorder_error","code":"upstream_unreachable""#))
        }
        #expect(run.exchanges.map(\.request.text) == ["{}", "{}"] && run.exchanges.allSatisfy(\.isOpen))
        #expect(run.failures == Array(repeating: .init("upstream_unreachable", proxyStatus: "502"), count: 2))
        #expect(run.statistics.failureCounts == [.upstreamUnreachable: 2])
    }

    @Test(
        "502 when the upstream closes, or speaks something else, before it answers",
        arguments: ["", "SSH-2.0-x\r\n"]
    )
    func noAnswer(answer: String) async throws {
        let server = try StandInServer { socket in
            _ = try socket.receive(until: "{}")
            if !answer.isEmpty { try socket.send(answer) }
        }
        let log = LogLines()
        let upstream = "http://127.0.0.1:\(server.port)"
        let run = try await withProxy(upstream: upstream, logger: log.logger()) {
            try TestSocket(port: $0).exchange("{}").head
        }
        #expect(log.all.filter { $0.hasPrefix("warning: no answer from the upstream") }.count == 1)
        #expect(run.result.hasPrefix("HTTP/1.1 502 "))
        #expect(run.exchanges.map(\.isOpen) == [true])
        #expect(run.failures == [.init("upstream_failed", proxyStatus: "502")])
    }

    @Test("504 when the upstream is silent for too long")
    func silence() async throws {
        let server = try StandInServer { socket in _ = try socket.receiveAll() }
        var options = ProxyOptions()
        options.upstreamTimeout = .milliseconds(100)
        let run = try await withProxy(server, options: options) {
            try TestSocket(port: $0).exchange("{}").head
        }
        #expect(run.result.hasPrefix("HTTP/1.1 504 "))
        #expect(run.exchanges.map(\.isOpen) == [true])
        #expect(run.failures == [.init("upstream_timeout", proxyStatus: "504")])
    }

    @Test(
        "400 to a request that servers may read in two ways, and passes nothing of it on",
        arguments: [
            "Content-Length: 4\r\nTransfer-Encoding: chunked\r\n",
            "Transfer-Encoding: chunked\r\nContent-Length: 4\r\n",
            "Content-Length: 4\r\nContent-Length: 5\r\n", "Transfer-Encoding: gzip, chunked\r\n",
            "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n", "Content-Length: +4\r\n",
            "Transfer-Encoding : chunked\r\n", "Host: second\r\n",
        ]
    )
    func smuggling(headers: String) async throws {
        let server = try StandInServer.answering(StandInServer.json("{}"))
        let run = try await withProxy(server) { port in
            let client = try TestSocket(port: port)
            try client.send(
                "POST /v1/chat/completions HTTP/1.1\r\nHost: t\r\n\(headers)\r\n0\r\n\r\nGET /x HTTP/1.1\r\nHost: t\r\n\r\n"
            )
            client.endWriting()
            return try client.receiveAll()
        }
        #expect(run.result.hasPrefix("HTTP/1.1 400 "))
        #expect(run.result.ranges(of: "HTTP/1.1 ").count == 1)
        #expect(server.connectionCount == 0)
    }

    @Test("400 to what is no request, after the answers to what was asked before", arguments: [false, true])
    func badRequestBehind(isSplit: Bool) async throws {
        let server = try StandInServer.answering(StandInServer.json(#"{"good":1}"#))
        let run = try await withProxy(server) { port in
            let client = try TestSocket(port: port)
            let requests = [client.request("1"), client.request("2"), "GET /x HTTP/1.1\r\nno header\r\n\r\n"]
            if isSplit {
                // The connection to the upstream is there when the rest comes.
                _ = try client.exchange("0")
            }
            try client.send(requests.joined())
            return try client.receiveAll()
        }
        let statuses = run.result.ranges(of: "HTTP/1.1 ").map { run.result[$0.upperBound...].prefix(3) }
        #expect(statuses == ["200", "200", "400"], "\(run.result)")
        #expect(run.exchanges.map(\.request.text) == (isSplit ? ["0", "1", "2"] : ["1", "2"]))
        #expect(run.exchanges.allSatisfy { !$0.isOpen })
    }

    @Test("nothing about a kept connection that the upstream closed: a request that may be repeated is")
    func staleConnection() async throws {
        let isFirst = Mutex(true)
        let server = try StandInServer { socket in
            let first = isFirst.withLock { first in
                defer { first = false }
                return first
            }
            _ = try socket.receive(until: "\r\n\r\n")
            try socket.send(StandInServer.json("1"))
            // The first connection takes the second request and closes instead of answering.
            _ = try socket.receive(until: "\r\n\r\n")
            if !first { try socket.send(StandInServer.json("2")) }
        }
        let run = try await withProxy(server) { port in
            let client = try TestSocket(port: port)
            return try (0..<2).map { _ in
                try client.send("GET /x HTTP/1.1\r\nHost: t\r\n\r\n")
                return try client.receiveResponse().body
            }
        }
        #expect(run.result == ["1", "1"])
        #expect(server.connectionCount == 2)
    }

    @Test(
        "502 where a request cannot be repeated as the upstream is gone, and answers to what comes after it"
    )
    func upstreamGone() async throws {
        let server = Mutex<StandInServer?>(nil)
        let first = try StandInServer { socket in
            _ = try socket.receive(until: "\r\n\r\n")
            try socket.send(StandInServer.json("1"))
            // It takes the second request, and is gone before it closes the connection.
            _ = try socket.receive(until: "\r\n\r\n")
            server.withLock { $0?.stop() }
        }
        server.withLock { $0 = first }
        let run = try await withProxy(first) { port in
            let client = try TestSocket(port: port)
            return try (0..<3).map { _ in
                try client.send("GET /x HTTP/1.1\r\nHost: t\r\n\r\n")
                return try client.receiveResponse().head.dropFirst(9).prefix(3)
            }
        }
        #expect(run.result == ["200", "502", "502"])
    }

    @Test("an answer that comes before the request is whole, and says in the store that it was not")
    func earlyAnswer() async throws {
        let server = try StandInServer { socket in
            _ = try socket.receive(until: "12345")
            try socket.send(StandInServer.json("{}", status: "401 Unauthorized"))
            _ = try socket.receiveAll()
        }
        let run = try await withProxy(server) { port in
            let client = try TestSocket(port: port)
            let head = "POST /v1/chat/completions HTTP/1.1\r\nHost: t\r\nContent-Length: 20\r\n\r\n"
            try client.send(head + "12345")
            return try client.receiveResponse().head
        }
        #expect(run.result.hasPrefix("HTTP/1.1 401 "))
        #expect(run.exchanges.map(\.request.text) == ["12345"])
        #expect(run.exchanges.first?.extra?["http"]?["request_cut"]?.text == "true")
    }

    @Test(
        "nothing of an upgrade: the request is passed on without it, and the connection ends after the answer"
    )
    func upgrade() async throws {
        let server = try StandInServer.answering(StandInServer.json("{}"))
        let run = try await withProxy(server) { port in
            let client = try TestSocket(port: port)
            try client.send("GET /x HTTP/1.1\r\nHost: t\r\nConnection: Upgrade\r\nUpgrade: h2c\r\n\r\n")
            return try client.receiveAll()
        }
        #expect(run.result.hasPrefix("HTTP/1.1 200 ") && run.result.contains("Connection: close"))
    }

    @Test("the answer that is under way when it is to stop, and then ends")
    func gracefulStop() async throws {
        let requestIsThere = DispatchSemaphore(value: 0)
        let mayAnswer = DispatchSemaphore(value: 0)
        let server = try StandInServer { socket in
            _ = try socket.receive(until: "{}")
            requestIsThere.signal()
            guard mayAnswer.wait(timeout: .now() + 20) == .success else { return }
            try socket.send(StandInServer.json(#"{"last":true}"#))
        }
        let client = Mutex<TestSocket?>(nil)
        async let running = withProxy(server) { port in
            let socket = try TestSocket(port: port)
            try socket.send(socket.request("{}"))
            guard requestIsThere.wait(timeout: .now() + 20) == .success else { return }
            client.withLock { $0 = socket }
            DispatchQueue(label: "answer").async {
                // Nobody is accepted any more: it is stopping.
                while (try? TestSocket(port: port)) != nil {}
                mayAnswer.signal()
            }
        }
        let run = try await running
        let socket = try #require(client.withLock { $0 })
        let rest = try await blocking { try socket.receiveAll() }.get()
        #expect(rest.contains(#"{"last":true}"#))
        #expect(run.exchanges.map { $0.response?.text } == [#"{"last":true}"#])
    }

    @Test("in the store that what takes longer than the grace period was cut by its end")
    func cutByEnd() async throws {
        let requestIsThere = DispatchSemaphore(value: 0)
        let server = try StandInServer { socket in
            _ = try socket.receive(until: "{}")
            requestIsThere.signal()
            _ = try socket.receiveAll()
        }
        var options = ProxyOptions()
        options.gracePeriod = .zero
        let run = try await withProxy(server, options: options) { port in
            let client = try TestSocket(port: port)
            try client.send(client.request("{}"))
            return (client, requestIsThere.wait(timeout: .now() + 20) == .success)
        }
        #expect(run.result.1)
        #expect(run.failures == [.init("shutdown")])
    }
}
#endif
