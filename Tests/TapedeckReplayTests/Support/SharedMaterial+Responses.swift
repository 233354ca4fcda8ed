import Foundation
import TapedeckJSON
import TapedeckTestSupport

extension SharedMaterial {
    /// The protocols and responses of the corpus; nil where it is not at hand.
    static let responses: [(tag: String, response: JSONText)]? = {
        guard let corpus, let text = try? Data(contentsOf: corpus) else { return nil }
        return text.split(separator: 0x0A).compactMap { line in
            guard let exchange = try? JSONText(utf8: line), let tag = exchange["protocol"]?.string,
                let response = exchange["response"], !response.isNull
            else { return nil }
            return (tag, response)
        }
    }()
}
