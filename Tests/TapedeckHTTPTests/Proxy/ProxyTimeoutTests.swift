#if HTTP
import Dispatch
import Foundation
import NIOCore
import Synchronization
import Tapedeck
import TapedeckTestSupport
import Testing

@testable import TapedeckHTTP

/// Limits that should end a wait are short here, and the others long: a wait that ends by the wrong one fails the test.
@Suite("A proxy waits", .fewAtATime)
struct ProxyTimeoutTests {
    private static func options(_ change: (inout ProxyOptions) -> Void) -> ProxyOptions {
        var options = ProxyOptions()
        change(&options)
        return options
    }

    @Test("for a connection to the upstream no longer than it should, and then answers 504")
    func connectTimeout() async throws {
        let full = try FullListener()
        let log = LogLines()
        let run = try await withProxy(
            upstream: "http://127.0.0.1:\(full.port)",
            options: Self.options { $0.connectTimeout = .milliseconds(100) },
            logger: log.logger()
        ) { port in
            let client = try TestSocket(port: port)
            return try (0..<2).map { _ in
                let response = try client.exchange("{}")
                return response.head + response.body
            }
        }
        for text in run.result {
            #expect(text.hasPrefix("HTTP/1.1 504 ") && text.contains("upstream_connect_timeout"))
        }
        #expect(run.exchanges.count == 2 && run.exchanges.allSatisfy(\.isOpen))
        #expect(
            run.failures == Array(repeating: .init("upstream_connect_timeout", proxyStatus: "504"), count: 2)
        )
        #expect(log.all.filter { $0.hasPrefix("warning: no connection") }.count == 1)
    }

    @Test("for a client's request no longer than it should, and closes the connection", arguments: [0, 1])
    func clientTimeout(exchangeCount: Int) async throws {
        let server = try StandInServer.answering(StandInServer.json("{}"))
        let options = Self.options { $0.clientTimeout = .milliseconds(100) }
        let run = try await withProxy(server, options: options) { port in
            let client = try TestSocket(port: port)
            for _ in 0..<exchangeCount { _ = try client.exchange("{}") }
            return try client.receive().isEmpty
        }
        #expect(run.result)
        #expect(run.exchanges.count == exchangeCount)
    }

    @Test("for the rest of a request no longer than it should, and leaves an open exchange")
    func clientTimeoutWithin() async throws {
        let server = try StandInServer { _ = try $0.receiveAll() }
        let options = Self.options { $0.clientTimeout = .milliseconds(100) }
        let run = try await withProxy(server, options: options) { port in
            let client = try TestSocket(port: port)
            try client.send("POST /v1/messages HTTP/1.1\r\nHost: t\r\nContent-Length: 9\r\n\r\n[1,")
            return try client.receive().isEmpty
        }
        #expect(run.result)
        #expect(run.exchanges.map(\.isOpen) == [true])
        #expect(run.failures == [.init("client_timeout")])
    }

    @Test("with a connection to the upstream for the next request no longer than it should")
    func idleTimeout() async throws {
        let ended = DispatchSemaphore(value: 0)
        let server = try StandInServer { socket in
            let head = try socket.receive(until: "\r\n\r\n")
            try socket.receiveBody(of: head)
            try socket.send(StandInServer.json("{}"))
            if try socket.receive().isEmpty { ended.signal() }
        }
        let options = Self.options { $0.upstreamIdleTimeout = .milliseconds(100) }
        let run = try await withProxy(server, options: options) { port in
            let client = try TestSocket(port: port)
            return try (0..<2).map { _ in
                let body = try client.exchange("{}").body
                return body == "{}" && ended.wait(timeout: .now() + 20) == .success
            }
        }
        #expect(run.result == [true, true])
        #expect(server.connectionCount == 2)
    }

    @Test("with connections beyond the limit until one ends")
    func connectionLimit() async throws {
        let seen = Mutex<[String]>([])
        let server = try StandInServer { socket in
            while true {
                let head = try socket.receive(until: "\r\n\r\n")
                if head.isEmpty { return }
                let body = try socket.receiveBody(of: head)
                seen.withLock { $0.append(body) }
                try socket.send(StandInServer.json(body))
            }
        }
        let options = Self.options { $0.maximumConnectionCount = 1 }
        let run = try await withProxy(server, options: options) { port in
            var first: TestSocket? = try TestSocket(port: port)
            _ = try first?.exchange("1")
            let second = try TestSocket(port: port)
            try second.send(second.request("2"))
            // One loop serves both: had it taken the second connection, it would have served it between these.
            for _ in 0..<20 { _ = try first?.exchange("1") }
            first = nil
            return try second.receiveResponse().body
        }
        #expect(run.result == "2")
        #expect(seen.withLock { $0 } == Array(repeating: "1", count: 21) + ["2"])
    }

    @Test(
        "for an upstream that takes no more of a request no longer than for its answer, and then answers 504"
    )
    func stalledUpload() async throws {
        let isOver = DispatchSemaphore(value: 0)
        let server = try StandInServer { socket in
            _ = try socket.receive(1024)
            _ = isOver.wait(timeout: .now() + 20)
        }
        let options = Self.options { $0.upstreamTimeout = .milliseconds(100) }
        let run = try await withProxy(server, options: options) { port in
            let client = try TestSocket(port: port)
            let total = 64 << 20
            try client.send("POST /upload HTTP/1.1\r\nHost: t\r\nContent-Length: \(total)\r\n\r\n")
            DispatchQueue(label: "upload").async {
                // It fails where the connection ends before all is sent.
                let piece = [UInt8](repeating: 0x61, count: 1 << 20)
                for _ in 0..<(total >> 20) { guard (try? client.send(piece)) != nil else { return } }
            }
            let response = try client.receiveResponse()
            isOver.signal()
            return response.head + response.body
        }
        #expect(run.result.hasPrefix("HTTP/1.1 504 ") && run.result.contains("upstream_timeout"))
    }

    @Test("on while a response comes, though the request is not whole")
    func responseBeforeRequest() async throws {
        let taken = DispatchSemaphore(value: 0)
        let clientLimit = 0.5
        let server = try StandInServer { socket in
            _ = try socket.receive(until: "begin")
            try socket.send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n")
            // The client is silent for three times as long as it may be, and gets events meanwhile.
            let end = Date(timeIntervalSinceNow: 3 * clientLimit)
            while Date() < end {
                try socket.send("2\r\nx\n\r\n")
                guard taken.wait(timeout: .now() + 20) == .success else { return }
            }
            try socket.send("4\r\nlast\r\n")
            _ = try socket.receive(until: "end")
            try socket.send("0\r\n\r\n")
        }
        let options = Self.options { $0.clientTimeout = .milliseconds(Int64(clientLimit * 1000)) }
        let run = try await withProxy(server, options: options) { port in
            let client = try TestSocket(port: port)
            try client.send("POST /x HTTP/1.1\r\nHost: t\r\nContent-Length: 8\r\n\r\nbegin")
            var text = ""
            while !text.contains("last") {
                let piece = try client.receive()
                if piece.isEmpty { return text }
                text += String(decoding: piece, as: UTF8.self)
                taken.signal()
            }
            try client.send("end")
            return text + (try client.receive(until: "0\r\n\r\n"))
        }
        #expect(run.result.hasSuffix("last\r\n0\r\n\r\n"), "\(run.result.suffix(40))")
    }
}
#endif
