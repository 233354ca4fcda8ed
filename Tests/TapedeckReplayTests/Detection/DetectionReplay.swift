import Tapedeck
import TapedeckReplay
import TapedeckTestSupport

/// Recorded traffic in a store, and a replay of it to its report.
struct DetectionReplay {
    private let folder: TestFolder
    private let store: CaptureStore

    init(_ traffic: RecordedTraffic) throws {
        folder = try TestFolder()
        store = try CaptureStore(path: folder.path("day.tapedeck"))
        let writer = try RecordingWriter(store: store)
        for exchange in traffic.exchanges { try writer.write(exchange) }
        try writer.flush()
    }

    func report(_ targets: ReplayTargets) async throws -> ReplayReport {
        let file = try ResultsFile(path: folder.path("day.replays"))
        var settings = ReplaySettings(target: "new")
        settings.baseline = "old"
        // The servers know by the order of the requests which they are sent.
        settings.concurrency = 1
        let run = try file.begin(settings, store: store)
        try await Replayer(store: store, targets: targets, results: file, run: run).replay()
        return try ReportBuilder(file: file).report(of: run, store: store)
    }
}

extension ReplayReport {
    /// What the gates say that did not let the build pass.
    var openGates: [String] {
        verdict.gates.filter { $0.outcome == .regression || $0.outcome == .inconclusive }.map(\.sentence)
    }

    /// Whether a fault was found by its own name: at its gate, and at its member path where it has one.
    func isFound(_ fault: Fault) -> Bool {
        fault.isFound(in: verdict) { path in fault.pathBeginning.map(path.hasPrefix) == true }
    }
}

extension Fault {
    /// How the member paths begin at which it shows in real answers.
    fileprivate var pathBeginning: String? {
        self == .toolArgumentChanged ? "/choices/*/message/tool_calls/*/function/arguments/" : path
    }
}
