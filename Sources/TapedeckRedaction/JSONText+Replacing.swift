internal import Tapedeck

extension JSONText {
    /// A value that takes the place of bytes, told by their indices in the storage of a text.
    typealias Edit = (range: Range<Int>, text: JSONText)

    /// The text with other values in some places.
    ///
    /// - Parameter edits: which bytes to replace, by their indices in the text's storage, in order; and by what.
    /// - Returns: the text; all that lies between is copied as it is.
    /// - Throws: `RedactionError` when the whole is no JSON, which edits of whole values cannot bring about.
    func replacing(_ edits: [Edit]) throws(RedactionError) -> JSONText {
        guard !edits.isEmpty else { return self }
        var bytes: [UInt8] = []
        bytes.reserveCapacity(byteCount + edits.count * 48)
        var position = utf8.startIndex
        for edit in edits {
            bytes += utf8[position..<edit.range.lowerBound]
            bytes += edit.text.utf8
            position = edit.range.upperBound
        }
        bytes += utf8[position...]
        do throws(JSONTextError) {
            return try JSONText(utf8: bytes)
        } catch {
            throw RedactionError(.notJSON, "the redacted text is no JSON: \(error.code)")
        }
    }
}
