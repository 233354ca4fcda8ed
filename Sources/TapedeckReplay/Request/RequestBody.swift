#if canImport(FoundationEssentials)
internal import FoundationEssentials
#else
internal import Foundation
#endif
package import TapedeckJSON

/// The bytes that a stored body stands for.
package enum RequestBody {
    /// A body as it was sent.
    ///
    /// - Parameters:
    ///   - text: the stored body.
    ///   - isCaptured: whether a capture wrote it, which stores what is no JSON as `{"$base64": …}`.
    /// - Returns: the text's own bytes, or those that the wrapper holds.
    package static func bytes(of text: JSONText, isCaptured: Bool) -> [UInt8] {
        if isCaptured, text.kind == .object, text.count == 1, let wrapped = text["$base64"]?.string,
            let data = Data(base64Encoded: wrapped)
        {
            return Array(data)
        }
        return Array(text.utf8)
    }
}
