import Foundation
import TapedeckTestSupport

/// A line with the verdict of the format's reference reader.
struct LineVector: Decodable, Sendable {
    enum Verdict: String, Decodable { case accept, reject, blank }

    var id: Int
    var group: String
    var name: String
    var line: Data
    var verdict: Verdict
    /// The reference's own rewriting of an accepted line.
    var referenceLine: String?

    enum CodingKeys: String, CodingKey {
        case id, group, name, verdict
        case line = "line_base64"
        case referenceLine = "reference_line"
    }

    static func read(_ file: URL) throws -> [LineVector] {
        let decoder = JSONDecoder()
        return try Data(contentsOf: file).split(separator: 0x0A).map {
            try decoder.decode(LineVector.self, from: $0)
        }
    }
}

/// The vector files: one is a fixture, the other holds public material that is kept beside the project.
enum LineVectorFile: String, CaseIterable, Sendable {
    case own = "own-lines.jsonl"
    case shared = "public-lines.jsonl"

    /// Nil where the file is not at hand.
    var url: URL? {
        switch self {
        case .own:
            URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
                .appending(path: "Fixtures/\(rawValue)")
        case .shared:
            SharedMaterial.file("vectors/\(rawValue)")
        }
    }
}
