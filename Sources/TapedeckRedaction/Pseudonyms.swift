internal import Tapedeck

/// Makes what stands in for a value: of the same type, the same for the same value and key (HMAC-SHA256, RFC 2104), and
/// without the key no way back, not by trying values either.
struct Pseudonyms: Sendable {
    private let hmac: HMAC

    init(_ key: RedactionKey) {
        hmac = HMAC(key: key.bytes)
    }

    /// - Parameter text: what is redacted, its escapes resolved.
    /// - Returns: `redacted:` and 128 bits in hexadecimal digits.
    func string(for text: some Sequence<UInt8>) -> String {
        let digits = Array("0123456789abcdef".utf8)
        var bytes = Array("redacted:".utf8)
        for byte in code("string", text).prefix(16) {
            bytes += [digits[Int(byte >> 4)], digits[Int(byte & 15)]]
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// - Parameter text: the number's text: `1` and `1.0` get two.
    /// - Returns: a whole number of at most 48 bits, which every reader of JSON keeps.
    func number(for text: some Sequence<UInt8>) -> JSONText {
        JSONText(integer: code("number", text).prefix(6).reduce(0) { $0 << 8 | UInt64($1) })
    }

    private func code(_ kind: String, _ text: some Sequence<UInt8>) -> [UInt8] {
        // The kind first, so that a string and a number of the same digits share nothing.
        hmac.code(for: Array(kind.utf8) + [0] + text)
    }
}
