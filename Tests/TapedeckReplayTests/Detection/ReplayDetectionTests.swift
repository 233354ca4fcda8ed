import Foundation
import Tapedeck
import TapedeckReplay
import TapedeckTestSupport
import Testing

/// How many seeds are tried for each fault.
private let seedCount =
    ProcessInfo.processInfo.environment["TAPEDECK_DETECTION_SEEDS"].flatMap { UInt64($0) } ?? 0

/// From the store to the verdict: real traffic is replayed against a server inside the test.
///
/// `TAPEDECK_DETECTION_SEEDS` says how many seeds are tried for each fault. Without it none is, as each keeps a processor busy
/// for a while in a build that is not optimised.
@Suite(
    .serialized,
    .enabled(if: SharedMaterial.corpusMaker != nil, Comment(rawValue: SharedMaterial.absence)),
    .enabled(if: seedCount > 0, "TAPEDECK_DETECTION_SEEDS is not set")
)
struct ReplayDetectionTests {
    private static let traffic = Result { try RecordedTraffic.corpus(count: 2000) }

    private static func report(fault: Fault?, seed: UInt64) async throws -> ReplayReport {
        let traffic = try #require(try traffic.get())
        let targets = ReplayTargets(
            candidate: NoisyServer(traffic, fault: fault, seed: 2 * seed),
            baseline: NoisyServer(traffic, timesEach: 2, seed: 2 * seed + 1)
        )
        return try await DetectionReplay(traffic).report(targets)
    }

    @Test func `The unchanged build passes`() async throws {
        for seed in 1...seedCount {
            let report = try await Self.report(fault: nil, seed: seed)
            let verdict = report.verdict.verdict
            #expect(verdict == .pass, "seed \(seed): \(report.openGates)")
        }
    }

    @Test(arguments: Fault.allCases)
    func `A fault is found by its own name`(fault: Fault) async throws {
        for seed in 1...seedCount {
            let report = try await Self.report(fault: fault, seed: seed)
            let isFound = report.isFound(fault)
            #expect(isFound, "seed \(seed): \(report.openGates)")
        }
    }
}
