#if HTTP
internal import NIOHTTP1

/// Tells which headers are for the next hop only and must not be passed on (RFC 9110, 7.6.1).
struct ForwardedHeaders {
    /// What the header `Connection` names beyond the names that are known.
    private let named: [String]

    init(_ headers: HTTPHeaders) {
        var named: [String] = []
        for value in headers[canonicalForm: "connection"] where !Self.isKnown(value.utf8) {
            named.append(value.lowercased())
        }
        self.named = named
    }

    /// Whether a header is passed on. `Content-Length` is not among those: whoever writes the body writes it too.
    func passes(_ name: String) -> Bool {
        if Self.isKnown(name.utf8) || Self.matches(name.utf8, "content-length") { return false }
        return named.isEmpty || !named.contains(name.lowercased())
    }

    /// Whether two names are the same, the second in lower case. Nothing is allocated, as this runs for each header.
    static func matches(_ name: String.UTF8View, _ lowered: StaticString) -> Bool {
        guard name.count == lowered.utf8CodeUnitCount else { return false }
        return lowered.withUTF8Buffer { lowered in
            var index = 0
            for byte in name {
                let small = (0x41...0x5A).contains(byte) ? byte | 0x20 : byte
                if small != lowered[index] { return false }
                index += 1
            }
            return true
        }
    }

    private static func isKnown(_ name: some Collection<UInt8>) -> Bool {
        // By the first letter and the length, before any comparison.
        guard let first = name.first else { return false }
        let text: StaticString
        switch (first | 0x20, name.count) {
        case (0x63, 10): text = "connection"
        case (0x63, 5): text = "close"
        case (0x6B, 10): text = "keep-alive"
        case (0x70, 16): text = "proxy-connection"
        case (0x74, 2): text = "te"
        case (0x74, 7): text = "trailer"
        case (0x74, 17): text = "transfer-encoding"
        case (0x75, 7): text = "upgrade"
        default: return false
        }
        return text.withUTF8Buffer { text in name.elementsEqual(text) { $0 == $1 || $0 | 0x20 == $1 } }
    }
}
#endif
