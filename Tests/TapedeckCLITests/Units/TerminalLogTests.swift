#if HTTP
import Logging
@testable import TapedeckCLI
import Testing

@Suite struct TerminalLogTests {
    @Test func `A line has the level, the message, and what belongs to it in the order of its names`() {
        var log = TerminalLog(logLevel: .notice)
        log[metadataKey: "code"] = "own"
        log[metadataKey: "zone"] = "last"
        let event = LogEvent(
            level: .warning,
            message: "no connection",
            metadata: ["code": "refused", "error": "a b"],
            source: nil,
            file: "",
            function: "",
            line: 0
        )
        #expect(log.line(of: event) == "warning: no connection code=refused error=a b zone=last")
        log.hints = ["own": "no", "refused": "try '--other'"]
        #expect(log.line(of: event).hasSuffix("error=a b zone=last; try '--other'"))
    }
}
#endif
