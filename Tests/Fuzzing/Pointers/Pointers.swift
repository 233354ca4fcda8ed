import Driver
import Tapedeck

@main enum PointersProgram {
    static func main() {
        runFuzzer { start, size in start.map { fuzz($0, size) } ?? 0 }
    }
}

/// Text as a JSON Pointer: valid by RFC 6901 or refused, written back as it was read, and looked up without a crash.
///
/// The pointer ends at the first line feed; the JSON that it is looked up in comes after.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzz(_ start: UnsafePointer<UInt8>, _ count: Int) -> CInt {
    let bytes = UnsafeBufferPointer(start: start, count: count)
    let parts = bytes.split(separator: 0x0A, maxSplits: 1, omittingEmptySubsequences: false)
    guard let text = String(validating: parts[0], as: UTF8.self) else { return 0 }
    let pointer = try? JSONPointer(text)
    precondition((pointer != nil) == isPointer(text), "the verdict on a pointer")
    guard let pointer else { return 0 }
    precondition(pointer.description.utf8.elementsEqual(text.utf8), "a pointer is written as it was read")
    precondition(pointer.tokens == tokens(of: text), "the parts of a pointer")
    if parts.count == 2, let json = try? JSONText(utf8: parts[1]) {
        precondition(json[pointer] == value(at: pointer.tokens[...], in: json), "what a pointer leads to")
    }
    return 0
}

/// RFC 6901, section 3: empty, or parts each with a slash before it, in which `~` stands before 0 or 1 alone.
private func isPointer(_ text: String) -> Bool {
    guard let first = text.unicodeScalars.first else { return true }
    return first == "/"
        && text.utf8.split(separator: UInt8(ascii: "~"), omittingEmptySubsequences: false).dropFirst()
            .allSatisfy { $0.first == UInt8(ascii: "0") || $0.first == UInt8(ascii: "1") }
}

/// Section 4: first `~1`, then `~0`.
private func tokens(of text: String) -> [String] {
    text.utf8.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false).dropFirst().map { part in
        var token: [UInt8] = []
        var rest = part
        while let byte = rest.popFirst() {
            guard byte == UInt8(ascii: "~") else {
                token.append(byte)
                continue
            }
            token.append(rest.popFirst() == UInt8(ascii: "1") ? UInt8(ascii: "/") : UInt8(ascii: "~"))
        }
        return String(decoding: token, as: UTF8.self)
    }
}

/// Step by step, by way of all the members or elements. Of members with one name the last counts.
private func value(at tokens: ArraySlice<String>, in json: JSONText) -> JSONText? {
    guard let token = tokens.first else { return json }
    var next: JSONText?
    switch json.kind {
    case .object:
        for (name, value) in json.members where name.utf8.elementsEqual(token.utf8) { next = value }
    case .array:
        for (index, element) in json.elements.enumerated() where "\(index)" == token { next = element }
    default:
        break
    }
    return next.flatMap { value(at: tokens.dropFirst(), in: $0) }
}
