/// A place in a JSON value, as RFC 6901 writes it: `/messages/0/role`.
public struct JSONPointer: Sendable, Hashable {
    /// The names and indices on the way, from the outside in, unescaped. None is the whole value.
    public var tokens: [String]

    /// Makes a pointer of its parts.
    /// - Parameter tokens: Names and indices, unescaped.
    public init(tokens: [String]) {
        self.tokens = tokens
    }

    /// Reads a pointer.
    ///
    ///     try JSONPointer("/messages/0/role")
    /// - Parameter text: Empty, or a slash before each name or index, in which `~1` stands for a slash and `~0` for a
    ///   tilde.
    /// - Throws: ``JSONTextError`` with the code `invalidPointer` if the text starts with anything but a slash, or a
    ///   tilde is followed by anything but 0 or 1.
    public init(_ text: some StringProtocol) throws(JSONTextError) {
        tokens = []
        var token: [UInt8] = []
        var isTilde = false
        for (offset, byte) in text.utf8.enumerated() {
            if offset == 0 {
                guard byte == 0x2F else {
                    throw JSONTextError(.invalidPointer, offset: 0, "the pointer does not start with a slash")
                }
            } else if isTilde {
                guard byte == 0x30 || byte == 0x31 else { throw Self.tildeError(at: offset) }
                token.append(byte == 0x30 ? 0x7E : 0x2F)
                isTilde = false
            } else if byte == 0x2F {
                tokens.append(String(decoding: token, as: UTF8.self))
                token.removeAll(keepingCapacity: true)
            } else if byte == 0x7E {
                isTilde = true
            } else {
                token.append(byte)
            }
        }
        if isTilde { throw Self.tildeError(at: text.utf8.count) }
        if !text.isEmpty { tokens.append(String(decoding: token, as: UTF8.self)) }
    }

    private static func tildeError(at offset: Int) -> JSONTextError {
        JSONTextError(.invalidPointer, offset: offset, "the pointer has a tilde without a 0 or 1 after it")
    }
}

extension JSONPointer: CustomStringConvertible {
    /// The pointer as RFC 6901 writes it.
    public var description: String {
        var bytes: [UInt8] = []
        for token in tokens {
            bytes.append(0x2F)
            for byte in token.utf8 {
                switch byte {
                case 0x7E: bytes.append(contentsOf: [0x7E, 0x30])
                case 0x2F: bytes.append(contentsOf: [0x7E, 0x31])
                default: bytes.append(byte)
                }
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
