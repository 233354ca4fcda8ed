#if HTTP
import Foundation
import Testing

@testable import TapedeckCLI

@Suite struct StopSignalsTests {
    @Test func `What a server was started to ignore does not end it`() async {
        await #expect(processExitsWith: .success) {
            for number in [SIGINT, SIGTERM, SIGHUP] { signal(number, SIG_DFL) }
            signal(SIGINT, SIG_IGN)
            precondition(StopSignals.all.map { "\($0)" } == ["SIGTERM", "SIGHUP"])
            signal(SIGINT, SIG_DFL)
            signal(SIGHUP, SIG_IGN)
            precondition(StopSignals.all.map { "\($0)" } == ["SIGINT", "SIGTERM"])
        }
    }
}
#endif
