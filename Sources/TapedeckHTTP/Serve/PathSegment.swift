#if HTTP
/// The paths to which exchanges are sent of which nothing is known but the tag: `/TAG`.
enum PathSegment {
    /// The tag, its percent-encoding resolved (RFC 3986, section 2.1); nil for a path of more than one segment.
    ///
    /// - Parameter path: a path without a query.
    /// - Returns: the tag.
    static func decoded(_ path: String) -> String? {
        guard path.utf8.first == 0x2F else { return nil }
        var bytes: [UInt8] = []
        var rest = path.utf8.dropFirst()
        while let byte = rest.popFirst() {
            guard byte != 0x2F else { return nil }
            guard byte == 0x25 else {
                bytes.append(byte)
                continue
            }
            guard let high = rest.popFirst().flatMap(digit), let low = rest.popFirst().flatMap(digit) else {
                return nil
            }
            bytes.append(high << 4 | low)
        }
        return String(validating: bytes, as: UTF8.self)
    }

    private static func digit(_ byte: UInt8) -> UInt8? {
        switch byte {
        case 0x30...0x39: byte - 0x30
        case 0x41...0x46, 0x61...0x66: (byte | 0x20) - 0x61 + 10
        default: nil
        }
    }
}
#endif
