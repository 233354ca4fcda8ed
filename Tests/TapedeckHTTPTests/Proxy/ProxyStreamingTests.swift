#if HTTP
import Dispatch
import Glibc
import Synchronization
import Tapedeck
import TapedeckJSON
import TapedeckTestSupport
import Testing

@testable import TapedeckHTTP

@Suite("A proxy streams", .fewAtATime)
struct ProxyStreamingTests {
    private static let head =
        "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n"

    private static func chunk(_ text: String) -> String {
        String(text.utf8.count, radix: 16) + "\r\n" + text + "\r\n"
    }

    @Test(
        "each event as soon as it is there: the upstream sends the second only when the client has the first"
    )
    func notDelayed() async throws {
        let clientHasFirst = DispatchSemaphore(value: 0)
        let server = try StandInServer { socket in
            _ = try socket.receive(until: "{}")
            try socket.send(Self.head + Self.chunk("data: 1\n\n"))
            guard clientHasFirst.wait(timeout: .now() + 20) == .success else { return }
            try socket.send(
                Self.chunk("event: more\ndata: {\"b\":2}\n\ndata: [DO") + Self.chunk("NE]\n\n") + "0\r\n\r\n"
            )
        }
        let run = try await withProxy(server) { port in
            let client = try TestSocket(port: port)
            try client.send(client.request("{}"))
            let first = try client.receive(until: "data: 1\n\n")
            clientHasFirst.signal()
            return first + (try client.receive(until: "0\r\n\r\n"))
        }
        #expect(run.result.contains("data: 1\n\n") && run.result.hasSuffix("0\r\n\r\n"))
        let exchange = try #require(run.exchanges.first)
        #expect(exchange.response?.text == #"[1,{"b":2}]"#)
        let http = try #require(exchange.extra?["http"])
        #expect(http["framing"]?.string == "sse")
        #expect(http["done"]?.text == "true")
        #expect(http["event_names"]?.text == #"[null,"more"]"#)
        #expect(http["event_ns"]?.text.split(separator: ",").count == 2)
    }

    @Test(
        "to a client that goes away: the upstream's connection ends, and what came is kept in an open exchange"
    )
    func clientGoesAway() async throws {
        let upstreamSawEnd = DispatchSemaphore(value: 0)
        let server = try StandInServer { socket in
            _ = try socket.receive(until: "{}")
            try socket.send(Self.head + Self.chunk("data: {\"a\":1}\n\n"))
            if try socket.receive().isEmpty { upstreamSawEnd.signal() }
        }
        let run = try await withProxy(server) { port in
            do {
                let client = try TestSocket(port: port)
                try client.send(client.request("{}"))
                _ = try client.receive(until: "data: {")
            }
            return upstreamSawEnd.wait(timeout: .now() + 20) == .success
        }
        #expect(run.result)
        let exchange = try #require(run.exchanges.first)
        #expect(exchange.isOpen && exchange.latencyNanoseconds == nil)
        #expect(exchange.extra?["http"]?["events"]?.text == #"[{"a":1}]"#)
        #expect(exchange.extra?["http"]?["done"]?.text == "false")
        #expect(run.statistics.openCount == 1)
        #expect(run.failures == [.init("client_left", status: "200")])
    }

    @Test(
        "from an upstream that dies in the middle: the client's connection is cut, not ended",
        arguments: [false, true]
    )
    func upstreamDies(byReset: Bool) async throws {
        let server = try StandInServer { socket in
            _ = try socket.receive(until: "{}")
            try socket.send(Self.head + Self.chunk("data: {\"a\":1}\n\n"))
            // The client has it before the connection ends.
            _ = try socket.receive(until: "next")
            if byReset { socket.reset() }
        }
        let run = try await withProxy(server) { port in
            let client = try TestSocket(port: port)
            try client.send(
                "POST /v1/chat/completions HTTP/1.1\r\nHost: t\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n"
            )
            let first = try client.receive(until: "data: {")
            try client.send("4\r\nnext\r\n")
            return first + (try client.receiveAll())
        }
        #expect(run.result.contains("data: {") && !run.result.hasSuffix("0\r\n\r\n"))
        #expect(run.exchanges.count == 1 && run.exchanges.allSatisfy(\.isOpen))
        #expect(run.failures == [.init("upstream_failed", status: "200")])
    }

    @Test("256 MB to a slow client: the upstream is slowed down, and memory stays bounded")
    func backPressure() async throws {
        let total = 256 << 20
        let sent = Atomic(0)
        let server = try StandInServer { socket in
            _ = try socket.receive(until: "\r\n\r\n")
            try socket.send("HTTP/1.1 200 OK\r\nContent-Length: \(total)\r\n\r\n")
            let piece = [UInt8](repeating: 0x61, count: 1 << 20)
            for _ in 0..<(total >> 20) {
                try socket.send(piece)
                sent.add(piece.count, ordering: .relaxed)
            }
        }
        let run = try await withProxy(server) { port in
            let client = try TestSocket(port: port, receiveBufferByteCount: 65_536)
            try client.send("GET /big HTTP/1.1\r\nHost: t\r\n\r\n")
            var received = 0
            var furthestAhead = 0
            while received < total {
                let count = try client.receive(1 << 20).count
                if count == 0 { break }
                received += count
                furthestAhead = max(furthestAhead, sent.load(ordering: .relaxed) - received)
            }
            return (received, furthestAhead)
        }
        #expect(run.result.0 >= total)
        // Four socket buffers of up to some MB, and what the proxy holds.
        #expect(run.result.1 < 64 << 20, "the upstream was \(run.result.1) bytes ahead of the client")
    }
}
#endif
