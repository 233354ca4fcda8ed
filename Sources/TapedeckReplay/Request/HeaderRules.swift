/// What may be a header (RFC 9110, sections 5.1 and 5.5), and which of them a store may not decide.
package enum HeaderRules {
    /// Names that belong to a connection or to the message's framing, or that say who somebody is.
    private static let reserved: Set<String> = [
        "host", "content-length", "transfer-encoding", "connection", "keep-alive", "proxy-connection", "te",
        "trailer", "upgrade", "expect", "proxy-authorization", "authorization", "cookie", "x-api-key",
        "api-key",
    ]

    /// Whether it is a name: letters, digits and the marks of a token.
    package static func isName(_ name: String) -> Bool {
        let marks = Array("!#$%&'*+-.^_`|~".utf8)
        return !name.isEmpty
            && name.utf8.allSatisfy { byte in
                (0x61...0x7A).contains(byte | 0x20) && byte < 0x80 || (0x30...0x39).contains(byte)
                    || marks.contains(byte)
            }
    }

    /// Whether it is a value: no control characters but the tab.
    package static func isValue(_ value: String) -> Bool {
        value.utf8.allSatisfy { $0 == 0x09 || ($0 >= 0x20 && $0 != 0x7F) }
    }

    /// Whether a stored request may have a say in the header.
    static func mayBeStored(_ name: String) -> Bool {
        !reserved.contains(name.lowercased())
    }
}
