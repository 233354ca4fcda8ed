package import Foundation

/// Real material that is kept beside the project and not in it: `TAPEDECK_SHARED` names its folder, which is otherwise
/// looked for next to the package.
package enum SharedMaterial {
    package static let absence: String = "the shared material is absent: set TAPEDECK_SHARED to its folder"

    /// The file at `path` in the folder, nil where it is not at hand.
    package static func file(_ path: String) -> URL? {
        var package = URL(filePath: #filePath)
        for _ in 0..<3 { package.deleteLastPathComponent() }
        let folder =
            ProcessInfo.processInfo.environment["TAPEDECK_SHARED"].map { URL(filePath: $0) }
            ?? package.deletingLastPathComponent().appending(path: "shared")
        let file = folder.appending(path: path)
        return FileManager.default.isReadableFile(atPath: file.path) ? file : nil
    }

    package static let corpus = file("corpus/openllmetry.jsonl")
    package static let corpusMaker = file("corpus/make-corpus")
}
