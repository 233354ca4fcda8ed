/// What may stand in a request line as its target.
///
/// A store is not to be trusted: a target such as `//other.host/` or `http://other.host/` could lead elsewhere, and a
/// space or a line feed would end the line (RFC 9112, section 3.2.1).
enum RequestPath {
    /// Whether it is a path in origin form, perhaps with a query: exactly one slash at its beginning, then visible ASCII
    /// without `#`, which would begin a fragment, and without a backslash, which some servers take for a slash.
    static func isValid(_ path: String) -> Bool {
        let bytes = path.utf8
        guard bytes.first == 0x2F, bytes.dropFirst().first != 0x2F else { return false }
        return bytes.allSatisfy { (0x21...0x7E).contains($0) && $0 != 0x23 && $0 != 0x5C }
    }

    /// A text in which whatever may not stand in a segment of a path is percent-encoded (RFC 3986, section 3.3).
    static func encodedSegment(_ text: String) -> String {
        var bytes: [UInt8] = []
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."),
                UInt8(ascii: "_"), UInt8(ascii: "~"):
                bytes.append(byte)
            default:
                let digits = Array("0123456789ABCDEF".utf8)
                bytes += [0x25, digits[Int(byte >> 4)], digits[Int(byte & 15)]]
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
