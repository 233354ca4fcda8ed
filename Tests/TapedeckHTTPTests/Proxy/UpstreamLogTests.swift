#if HTTP
import Synchronization
import Tapedeck
import Testing

@testable import TapedeckHTTP

@Suite("The log of what the upstream fails to do")
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
    }
}
#endif
