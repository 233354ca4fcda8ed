import Foundation
import Tapedeck
import TapedeckReplay
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
        let folder = try TestFolder()
        let store = try CaptureStore(path: folder.path("day.tapedeck"))
        let writer = try RecordingWriter(store: store)
        for exchange in traffic.exchanges { try writer.write(exchange) }
        try writer.flush()
        let file = try ResultsFile(path: folder.path("day.replays"))
        var settings = ReplaySettings(target: "new")
        settings.baseline = "old"
        let run = try file.begin(settings, storePath: store.path)
        let targets = ReplayTargets(
            candidate: NoisyServer(traffic, fault: fault, seed: 2 * seed),
            baseline: NoisyServer(traffic, timesEach: 2, seed: 2 * seed + 1)
        )
        try await Replayer(store: store, targets: targets, results: file, run: run).replay()
        return try ReportBuilder(file: file).report(of: run, store: store)
    }

    @Test func `The unchanged build passes`() async throws {
        for seed in 1...seedCount {
            let report = try await Self.report(fault: nil, seed: seed)
            let open = report.verdict.gates.filter {
                $0.outcome == .regression || $0.outcome == .inconclusive
            }
            #expect(report.verdict.verdict == .pass, "seed \(seed): \(open.map(\.sentence))")
        }
    }

    @Test(arguments: Fault.allCases)
    func `A fault is found by its own name`(fault: Fault) async throws {
        for seed in 1...seedCount {
            let verdict = try await Self.report(fault: fault, seed: seed).verdict
            let gate = verdict.gates.first { $0.name == fault.gate }
            #expect(
                verdict.verdict == .regression && gate?.outcome == .regression,
                "seed \(seed): \(gate?.sentence ?? "")"
            )
            guard let path = fault.pathBeginning else { continue }
            let found = verdict.paths.filter { $0.outcome == .regression }.map(\.path)
            #expect(found.contains { $0.hasPrefix(path) }, "seed \(seed): \(found)")
        }
    }
}

extension Fault {
    /// How the member paths begin at which it shows in real answers.
    fileprivate var pathBeginning: String? {
        self == .toolArgumentChanged ? "/choices/*/message/tool_calls/*/function/arguments/" : path
    }
}
