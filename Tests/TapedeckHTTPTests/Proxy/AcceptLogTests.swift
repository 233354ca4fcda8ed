#if HTTP
import NIOCore
import NIOEmbedded
import Testing

@testable import TapedeckHTTP

@Suite("The log of what accepts connections")
struct AcceptLogTests {
    @Test("says once that none can be accepted, and once that they can again")
    func spell() throws {
        let lines = LogLines()
        var now = NIODeadline.uptimeNanoseconds(0)
        let channel = EmbeddedChannel(handler: AcceptLog(lines.logger()) { now })
        func wait(_ seconds: Int64) { now = now + .seconds(seconds) }
        func fail() {
            channel.pipeline.fireErrorCaught(IOError(errnoCode: 24, reason: "accept"))
            // It is passed on to whoever rests.
            #expect(throws: IOError.self) { try channel.throwIfErrorCaught() }
        }
        func accept() throws { try channel.writeInbound(EmbeddedChannel() as any Channel) }

        try accept()
        #expect(lines.all.isEmpty)
        for _ in 0..<3 {
            fail()
            wait(1)
            // One client goes, and another comes.
            try accept()
        }
        #expect(lines.all.count == 1)
        #expect(lines.all.first?.hasPrefix("warning: no connection can be accepted") == true)
        wait(10)
        try accept()
        try accept()
        #expect(lines.all.count == 2)
        #expect(lines.all.last?.hasPrefix("notice: connections are accepted again") == true)
        fail()
        #expect(lines.all.count == 3)
    }
}
#endif
