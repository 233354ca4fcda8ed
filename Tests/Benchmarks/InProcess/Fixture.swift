import Foundation
import Tapedeck

/// Archives and stores of both kinds in a folder of their own, made once.
struct Fixture {
    let folder: URL
    private let kind: ArchiveMaker.Kind

    static let exchangeCounts: [ArchiveMaker.Kind: Int] = [.realistic: 4000, .small: 40_000]

    init(_ kind: ArchiveMaker.Kind) throws {
        self.kind = kind
        folder = FileManager.default.temporaryDirectory.appending(
            path: "tapedeck-benchmarks-\(UUID().uuidString)"
        )
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        var maker = ArchiveMaker()
        let store = try CaptureStore(path: storePath)
        let writer = try RecordingWriter(store: store)
        for exchange in try maker.exchanges(Self.exchangeCounts[kind] ?? 0, kind) {
            try writer.write(exchange)
        }
        try writer.flush()
        try store.export(to: .file(archivePath))
    }

    var archivePath: String { folder.appending(path: "\(kind.rawValue).jsonl").path }
    var storePath: String { folder.appending(path: "\(kind.rawValue).tapedeck").path }

    /// Calls `body` with a path where there is no file, and removes what it made there.
    func withFreshPath(_ body: (String) async throws -> Void) async rethrows {
        let path = folder.appending(path: UUID().uuidString).path
        defer {
            for suffix in ["", "-wal", "-shm", "-journal"] {
                try? FileManager.default.removeItem(atPath: path + suffix)
            }
        }
        try await body(path)
    }

    func remove() {
        try? FileManager.default.removeItem(at: folder)
    }
}
