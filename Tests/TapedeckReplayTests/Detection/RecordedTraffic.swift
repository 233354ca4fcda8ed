import Foundation
import Tapedeck
import TapedeckReplay
import TapedeckTestSupport

/// Recorded exchanges, and which of them a fault strikes.
struct RecordedTraffic {
    let exchanges: [RecordedExchange]
    /// What a build without noise takes for each, in nanoseconds.
    let latencies: [UInt64]

    /// - Parameter exchanges: complete ones.
    init(_ exchanges: [RecordedExchange]) {
        self.exchanges = exchanges
        var generator = SplitMix64(seed: 7)
        latencies = exchanges.map { exchange in
            exchange.latencyNanoseconds
                ?? UInt64(LatencyNoise.logNormal(median: 5e8, deviation: 1.45, using: &generator))
        }
    }

    /// The positions of the exchanges that a fault strikes.
    func struck(by fault: Fault, seed: UInt64) -> Set<Int> {
        var generator = SplitMix64(seed: seed)
        var positions = exchanges.indices.filter { canBeStruck($0, by: fault) }
        guard let share = fault.share else { return Set(positions) }
        let count = Int((share * Double(exchanges.count)).rounded())
        precondition(count <= positions.count, "\(positions.count) exchanges can have the fault \(fault)")
        if fault == .slowTail {
            positions.sort { latencies[$0] > latencies[$1] }
            return Set(positions.prefix(count))
        }
        return Set(positions.shuffled(using: &generator).prefix(count))
    }

    private func canBeStruck(_ position: Int, by fault: Fault) -> Bool {
        guard let response = exchanges[position].response else { return false }
        return switch fault {
        case .memberGone, .numberOff: response.kind == .object
        case .toolArgumentChanged: ModelAnswer.toolArgument(of: response) != nil
        case .finishReasonChanged: response[ModelAnswer.finishReason]?.kind == .string
        case .embeddingsRotated: ModelAnswer.embedding(of: response) != nil
        case .streamsCut: ModelAnswer.isStream(response)
        case .errors, .slowTail, .slowEverywhere: true
        }
    }

    /// The complete exchanges of a day made of the real ones; nil where these are absent.
    static func corpus(count: Int) throws -> RecordedTraffic? {
        guard let maker = SharedMaterial.corpusMaker else { return nil }
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = ["python3", maker.path, "\(count + count / 10)"]
        let pipe = Pipe()
        process.standardOutput = pipe
        try process.run()
        let data = try pipe.fileHandleForReading.readToEnd() ?? Data()
        process.waitUntilExit()
        let folder = try TestFolder()
        try data.write(to: folder.url.appending(path: "day.jsonl"))
        let reader = try ReplayReader(archive: .file(folder.path("day.jsonl")))
        var exchanges: [RecordedExchange] = []
        while exchanges.count < count, let exchange = try reader.next() {
            if !exchange.isOpen { exchanges.append(exchange) }
        }
        return RecordedTraffic(exchanges)
    }
}
