#if HTTP
import Synchronization
import Tapedeck
import TapedeckTestSupport
import Testing

@testable import TapedeckHTTP

@Suite("The log of what the upstream fails to do", .fewAtATime)
struct UpstreamLogTests {
    @Test("tells the first failure of a kind, and after ten seconds the next, with how many came between")
    func spells() {
        let lines = LogLines()
        let now = Atomic<UInt64>(0)
        let clock = CaptureClock(wall: .system) { now.load(ordering: .relaxed) }
        let log = UpstreamLog(lines.logger(), clock: clock)
        func warnings() -> [String] { lines.all.filter { $0.hasPrefix("warning: ") } }
        for _ in 0..<3 { log.tell(.upstreamTimeout, isWithinResponse: false, because: nil) }
        #expect(warnings() == [#"warning: no answer from the upstream ["code": upstream_timeout]"#])
        log.tell(.upstreamFailed, isWithinResponse: true, because: nil)
        #expect(
            warnings().dropFirst() == [
                #"warning: the upstream did not complete a response ["code": upstream_failed]"#
            ]
        )
        // What answers in between ends nothing: one of a hundred may fail.
        log.tellAnswer()
        now.store(9_999_999_999, ordering: .relaxed)
        log.tell(.upstreamTimeout, isWithinResponse: false, because: nil)
        #expect(warnings().count == 2)
        now.store(10_000_000_000, ordering: .relaxed)
        log.tell(.upstreamTimeout, isWithinResponse: false, because: nil)
        #expect(warnings().count == 3 && warnings().last?.contains(#""since_last_told": 3"#) == true)
    }

    @Test("tells at the end what was not told, once, and nothing where all was")
    func rest() {
        let lines = LogLines()
        let log = UpstreamLog(lines.logger(), clock: CaptureClock(wall: .system) { 0 })
        func warnings() -> [String] { lines.all.filter { $0.hasPrefix("warning: the upstream failed more") } }
        for failure in [ExchangeFailure.upstreamUnreachable, .upstreamTimeout] {
            log.tell(failure, isWithinResponse: false, because: nil)
        }
        log.tellRest()
        #expect(warnings() == [])
        let other = UpstreamLog(lines.logger(), clock: CaptureClock(wall: .system) { 0 })
        for failure in [ExchangeFailure.upstreamUnreachable, .upstreamTimeout, .upstreamTimeout] {
            for _ in 0..<2 { other.tell(failure, isWithinResponse: false, because: nil) }
        }
        other.tellRest()
        other.tellRest()
        #expect(warnings().count == 2)
        #expect(warnings().first?.contains("upstream_timeout") == true)
        #expect(warnings().first?.contains(#""since_last_told": 3"#) == true)
        #expect(warnings().last?.contains("upstream_unreachable") == true)
        #expect(warnings().last?.contains(#""since_last_told": 1"#) == true)
    }

    @Test("is told by a proxy that ends")
    func end() async throws {
        let server = try StandInServer { socket in _ = try socket.receive(until: "{}") }
        let lines = LogLines()
        _ = try await withProxy(upstream: "http://127.0.0.1:\(server.port)", logger: lines.logger()) { port in
            for _ in 0..<3 { _ = try TestSocket(port: port).exchange("{}") }
        }
        let last = try #require(lines.all.last { $0.hasPrefix("warning: ") })
        #expect(last.contains("more often than was told") && last.contains(#""since_last_told": 2"#))
    }

    @Test("tells that there is no connection until there is one")
    func connection() {
        let lines = LogLines()
        let log = UpstreamLog(lines.logger(), clock: CaptureClock(wall: .system) { 0 })
        for _ in 0..<2 {
            log.tellAnswer()
            for _ in 0..<3 { log.tell(.upstreamUnreachable, isWithinResponse: false, because: nil) }
        }
        log.tellAnswer()
        log.tellAnswer()
        let told = lines.all.compactMap { $0.split(separator: ":").first }.filter { $0 != "debug" }
        #expect(told == ["warning", "notice", "warning", "notice"])
        #expect(lines.all.count { $0.contains(#"answers again ["since_last_told": 2]"#) } == 2)
    }
}
#endif
