#if HTTP
import Foundation
import Tapedeck
import TapedeckHTTP
import TapedeckReplay
import TapedeckTestSupport
import Testing

/// The same as `ReplayDetectionTests` with a client and servers that talk over real sockets, and latencies that pass.
///
/// `TAPEDECK_DETECTION_SOCKETS` turns it on: it takes minutes, and a machine that does nothing else, or what it measures is
/// the machine.
@Suite(
    .serialized,
    .fewAtATime,
    .enabled(if: SharedMaterial.corpusMaker != nil, Comment(rawValue: SharedMaterial.absence)),
    .enabled(
        if: ProcessInfo.processInfo.environment["TAPEDECK_DETECTION_SOCKETS"] != nil,
        "TAPEDECK_DETECTION_SOCKETS is not set"
    )
)
struct SocketDetectionTests {
    private static let traffic = Result { try RecordedTraffic.corpus(count: 2000) }

    private static func report(fault: Fault?, seed: UInt64) async throws -> ReplayReport {
        let traffic = try #require(try traffic.get())
        let replay = try DetectionReplay(traffic)
        let candidate = NoisyServer(traffic, fault: fault, seed: 2 * seed)
        let baseline = NoisyServer(traffic, timesEach: 2, seed: 2 * seed + 1)
        return try await NoisySocketServer.with([candidate, baseline]) { ports in
            let transports = try ports.map { try HTTPTransport("http://127.0.0.1:\($0)") }
            let targets = ReplayTargets(candidate: transports[0], baseline: transports[1])
            let report = try await replay.report(targets)
            for transport in transports { try await transport.shutdown() }
            return report
        }
    }

    @Test func `The unchanged build passes`() async throws {
        let report = try await Self.report(fault: nil, seed: 1)
        let verdict = report.verdict.verdict
        #expect(verdict == .pass, "\(report.openGates)")
    }

    @Test(arguments: Fault.allCases)
    func `A fault is found by its own name`(fault: Fault) async throws {
        let report = try await Self.report(fault: fault, seed: 1)
        let isFound = report.isFound(fault)
        #expect(isFound, "\(report.openGates)")
    }
}
#endif
