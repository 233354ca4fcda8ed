#if HTTP
import Testing

@testable import TapedeckHTTP

@Suite("A collector of events")
struct EventCollectorTests {
    @Test("takes a stream that says with each piece that it is done, in linear time", .timeLimit(.minutes(1)))
    func done() throws {
        // Looked through once more for each piece, so many events take hours.
        let count = 60_000
        var collector = try #require(EventCollector(.ndjson))
        let piece = Array("{}\n[DONE]\n".utf8)
        for _ in 0..<count { piece.withUnsafeBytes { collector.feed($0, at: 1) } }
        #expect(collector.hasDone)
        #expect(collector.events.count == count)
    }
}
#endif
