#if HTTP
import Dispatch
import Synchronization
import Tapedeck
import TapedeckJSON
import TapedeckTestSupport
import Testing

@testable import TapedeckHTTP

@Suite("A stand-in passes what it misses on", .fewAtATime)
struct MissForwardingTests {
    @Test("with its headers and body, and the answer back; what it knows it answers itself")
    func forwarded() async throws {
        let server = try StandInServer { socket in
            let head = try socket.receive(until: "\r\n\r\n")
            let body = try socket.receiveBody(of: head)
            let target = head.prefix { $0 != "\r\n" }
            let isNamed = head.lowercased().contains("x-own: 1")
            try socket.send(
                StandInServer.json(
                    "\(target) \(isNamed) \(body)",
                    status: "201 Created",
                    headers: "X-Up: 2\r\n"
                )
            )
        }
        let upstream = try UpstreamAddress("http://127.0.0.1:\(server.port)/base")
        let run = try await withServer(
            [ReplayServerTests.exchange()],
            options: { $0.upstream = upstream }
        ) { port in
            let socket = try TestSocket(port: port)
            let known = try socket.exchange(#"{"model":"m","temperature":1}"#).body
            try socket.send(socket.request("{}", path: "/x?y=z", headers: "X-Own: 1\r\n"))
            return (known, try socket.receiveResponse())
        }
        #expect(run.result.0 == #"{"answer":1}"#)
        #expect(run.result.1.head.hasPrefix("HTTP/1.1 201 Created"))
        #expect(run.result.1.head.lowercased().contains("x-up: 2"))
        #expect(run.result.1.body == "POST /base/x?y=z HTTP/1.1 true {}")
        #expect(run.statistics.answeredCount == 1)
        #expect(run.statistics.missedCount == 1 && run.statistics.forwardedCount == 1)
    }

    @Test("and streams its answer: the second part is sent only when the client has the first")
    func streamed() async throws {
        let clientHasFirst = DispatchSemaphore(value: 0)
        let server = try StandInServer { socket in
            _ = try socket.receive(until: "{}")
            try socket.send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\none\r\n")
            guard clientHasFirst.wait(timeout: .now() + 20) == .success else { return }
            try socket.send("3\r\ntwo\r\n0\r\n\r\n")
        }
        let upstream = try UpstreamAddress("http://127.0.0.1:\(server.port)")
        let run = try await withServer([], options: { $0.upstream = upstream }) { port in
            let socket = try TestSocket(port: port)
            try socket.send(socket.request("{}"))
            let first = try socket.receive(until: "one\r\n")
            clientHasFirst.signal()
            return first + (try socket.receive(until: "0\r\n\r\n"))
        }
        #expect(run.result.contains("one\r\n") && run.result.hasSuffix("two\r\n0\r\n\r\n"))
    }

    @Test("many at a time")
    func together() async throws {
        let count = 24
        let arrived = Mutex(0)
        let everybody = DispatchSemaphore(value: 0)
        let server = try StandInServer { socket in
            try socket.receiveBody(of: try socket.receive(until: "\r\n\r\n"))
            let isLast = arrived.withLock { arrived in
                arrived += 1
                return arrived == count
            }
            if isLast { for _ in 0..<count { everybody.signal() } }
            // None is answered before all are here.
            guard everybody.wait(timeout: .now() + 30) == .success else { return }
            try socket.send(StandInServer.json("1"))
        }
        let upstream = try UpstreamAddress("http://127.0.0.1:\(server.port)")
        let run = try await withServer([], options: { $0.upstream = upstream }) { port in
            let sockets = try (0..<count).map { _ in try TestSocket(port: port) }
            for socket in sockets { try socket.send(socket.request("{}")) }
            return try sockets.map { try $0.receiveResponse().head.contains(" 200 ") }
        }
        #expect(run.result == Array(repeating: true, count: count))
    }

    @Test("and says so where the upstream cannot be reached")
    func unreachable() async throws {
        let upstream = try UpstreamAddress("http://127.0.0.1:\(try TestSocket.portWithoutListener())")
        let run = try await withServer([], options: { $0.upstream = upstream }) { port in
            try TestSocket(port: port).exchange("{}")
        }
        #expect(run.result.head.hasPrefix("HTTP/1.1 502"))
        #expect(run.result.body.contains("upstream_unreachable"))
    }
}
#endif
