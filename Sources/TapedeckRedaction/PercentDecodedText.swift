/// A text whose percent-encoding (RFC 3986, 2.1) is resolved, and where in the text each byte of it stood.
struct PercentDecodedText {
    let text: String
    /// For each byte of the text where it began, and last where the text ended.
    private let offsets: [Int]

    /// Resolves what is encoded; the result is nil where nothing is.
    ///
    /// - Parameters:
    ///   - text: the text as it stands in a path, a query or elsewhere.
    ///   - isForm: whether a plus means a space, as in queries.
    init?(_ text: String, isForm: Bool) {
        let bytes = Array(text.utf8)
        guard bytes.contains(0x25) || (isForm && bytes.contains(0x2B)) else { return nil }
        var (decoded, offsets) = Self.decode(bytes, isForm: isForm, limit: 0xFF)
        if String(validating: decoded, as: UTF8.self) == nil {
            // What is no text stays as it is, so that offsets stay right.
            (decoded, offsets) = Self.decode(bytes, isForm: isForm, limit: 0x7F)
        }
        guard let text = String(validating: decoded, as: UTF8.self), decoded != bytes else { return nil }
        self.text = text
        self.offsets = offsets
    }

    /// Where a range of the decoded text stood.
    func original(_ range: Range<Int>) -> Range<Int> {
        offsets[range.lowerBound]..<offsets[range.upperBound]
    }

    private static func decode(_ bytes: [UInt8], isForm: Bool, limit: UInt8) -> ([UInt8], [Int]) {
        var decoded: [UInt8] = []
        var offsets: [Int] = []
        var index = 0
        while index < bytes.count {
            offsets.append(index)
            if bytes[index] == 0x25, index + 2 < bytes.count, let high = digit(bytes[index + 1]),
                let low = digit(bytes[index + 2]), high << 4 | low <= limit
            {
                decoded.append(high << 4 | low)
                index += 3
            } else {
                decoded.append(isForm && bytes[index] == 0x2B ? 0x20 : bytes[index])
                index += 1
            }
        }
        return (decoded, offsets + [bytes.count])
    }

    private static func digit(_ byte: UInt8) -> UInt8? {
        switch byte {
        case 0x30...0x39: byte - 0x30
        case 0x41...0x46: byte - 0x41 + 10
        case 0x61...0x66: byte - 0x61 + 10
        default: nil
        }
    }
}
