#if HTTP
internal import TapedeckJSON

/// Makes the JSON that stands for a body or for an event's data.
enum BodyText {
    /// The body itself if it is JSON, and otherwise `{"$base64": …}` of its bytes.
    ///
    /// A `null` is wrapped too, because as a response it would mean that there is none.
    ///
    /// - Parameter body: the body, which is taken over: a copy of it would cost as much as the look into it.
    /// - Returns: the text.
    static func text(adopting body: inout [UInt8]) -> JSONText {
        do throws(JSONTextError) {
            let text = try JSONText(adopting: &body)
            return text.isNull ? wrapped(Array("null".utf8)) : text
        } catch {
            return wrapped(body)
        }
    }

    /// The data of an event, as an element of an array: that is one level deeper than a body of its own.
    static func element(of data: [UInt8]) -> JSONText {
        var copy = data
        guard let text = try? JSONText(adopting: &copy) else { return wrapped(data) }
        if data.withUnsafeBufferPointer(JSONText.certainlyFitsInArray) { return text }
        return (try? JSONText(utf8: [0x5B] + data + [0x5D])) == nil ? wrapped(data) : text
    }

    private static func wrapped(_ bytes: [UInt8]) -> JSONText {
        var text = Array(#"{"$base64":""#.utf8)
        Base64.append(bytes, to: &text)
        text.append(contentsOf: #""}"#.utf8)
        return text.withUnsafeBytes { JSONText(trusted: $0) }
    }
}
#endif
