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
        (isCaptured ? wrapped(in: text) : nil) ?? Array(text.utf8)
    }

    /// The bytes that a wrapper for what is no JSON holds; nil where the text is none.
    package static func wrapped(in text: JSONText) -> [UInt8]? {
        guard text.kind == .object, text.count == 1, let wrapped = text["$base64"]?.string else { return nil }
        return [UInt8](base64: wrapped)
    }
}
