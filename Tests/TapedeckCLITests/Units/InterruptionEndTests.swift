import Foundation
import Testing

@testable import TapedeckCLI

@Suite struct InterruptionEndTests {
    @Test func `A command dies of its signal`() async {
        await #expect(processExitsWith: .signal(SIGTERM)) { Interruption.end(by: SIGTERM) }
    }

    // As the first process of a container is spared, so is any by this one.
    @Test func `Where a signal does not kill, the command ends and tells of it as a shell does`() async {
        await #expect(processExitsWith: .exitCode(128 + SIGURG)) { Interruption.end(by: SIGURG) }
    }
}
