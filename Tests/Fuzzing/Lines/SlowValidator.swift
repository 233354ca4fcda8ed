/// The scanner's twin: byte by byte, recursive, nothing clever. What is valid by one must be by the other.
struct SlowValidator {
    private let bytes: [UInt8]
    private var index = 0
    private let isPayload: Bool

    /// Looks whether the bytes are one JSON value with white space about it.
    /// - Parameters:
    ///   - bytes: The text.
    ///   - isPayload: Whether lone surrogates, numbers beyond a double and more than 126 levels are errors.
    /// - Returns: Whether they are.
    static func accepts(_ bytes: [UInt8], isPayload: Bool) -> Bool {
        guard String(validating: bytes, as: UTF8.self) != nil else { return false }
        var validator = SlowValidator(bytes: bytes, isPayload: isPayload)
        validator.skipWhiteSpace()
        guard validator.value(depth: 0) else { return false }
        validator.skipWhiteSpace()
        return validator.index == bytes.count
    }

    private init(bytes: [UInt8], isPayload: Bool) {
        self.bytes = bytes
        self.isPayload = isPayload
    }

    private var byte: UInt8? { index < bytes.count ? bytes[index] : nil }

    private mutating func take(_ text: String) -> Bool {
        guard bytes[index...].starts(with: text.utf8) else { return false }
        index += text.utf8.count
        return true
    }

    private mutating func skipWhiteSpace() {
        while let byte, [0x20, 0x09, 0x0D].contains(byte) { index += 1 }
    }

    private mutating func value(depth: Int) -> Bool {
        switch byte {
        case UInt8(ascii: "\""): string()
        case UInt8(ascii: "["): array(depth: depth + 1)
        case UInt8(ascii: "{"): object(depth: depth + 1)
        case UInt8(ascii: "t"): take("true")
        case UInt8(ascii: "f"): take("false")
        case UInt8(ascii: "n"): take("null")
        default: number()
        }
    }

    private mutating func array(depth: Int) -> Bool {
        if isPayload && depth > 126 { return false }
        _ = take("[")
        skipWhiteSpace()
        if take("]") { return true }
        while true {
            skipWhiteSpace()
            guard value(depth: depth) else { return false }
            skipWhiteSpace()
            if take("]") { return true }
            guard take(",") else { return false }
        }
    }

    private mutating func object(depth: Int) -> Bool {
        if isPayload && depth > 126 { return false }
        _ = take("{")
        skipWhiteSpace()
        if take("}") { return true }
        while true {
            skipWhiteSpace()
            guard byte == UInt8(ascii: "\""), string() else { return false }
            skipWhiteSpace()
            guard take(":") else { return false }
            skipWhiteSpace()
            guard value(depth: depth) else { return false }
            skipWhiteSpace()
            if take("}") { return true }
            guard take(",") else { return false }
        }
    }

    private mutating func string() -> Bool {
        index += 1
        while let byte {
            index += 1
            switch byte {
            case UInt8(ascii: "\""): return true
            case UInt8(ascii: "\\"): guard escape() else { return false }
            case ..<0x20: return false
            default: break
            }
        }
        return false
    }

    private mutating func escape() -> Bool {
        guard let byte else { return false }
        index += 1
        guard byte == UInt8(ascii: "u") else { return "\"\\/bfnrt".utf8.contains(byte) }
        guard let unit = hexadecimal() else { return false }
        guard isPayload, (0xD800...0xDFFF).contains(unit) else { return true }
        guard unit < 0xDC00, take("\\u"), let partner = hexadecimal() else { return false }
        return (0xDC00...0xDFFF).contains(partner)
    }

    private mutating func hexadecimal() -> Int? {
        guard index + 4 <= bytes.count else { return nil }
        let digits = bytes[index..<index + 4]
        guard digits.allSatisfy({ "0123456789abcdefABCDEF".utf8.contains($0) }) else { return nil }
        index += 4
        return Int(String(decoding: digits, as: UTF8.self), radix: 16)
    }

    private mutating func digits() -> String {
        var digits = ""
        while let byte, (0x30...0x39).contains(byte) {
            digits.unicodeScalars.append(Unicode.Scalar(byte))
            index += 1
        }
        return digits
    }

    private mutating func number() -> Bool {
        _ = take("-")
        let integer = digits()
        guard !integer.isEmpty, integer == "0" || !integer.hasPrefix("0") else { return false }
        var fraction = ""
        if take(".") {
            fraction = digits()
            if fraction.isEmpty { return false }
        }
        var exponent = "0"
        if take("e") || take("E") {
            let sign = take("-") ? "-" : ""
            if sign.isEmpty { _ = take("+") }
            let magnitude = digits()
            if magnitude.isEmpty { return false }
            exponent = sign + magnitude
        }
        return !isPayload || Self.isFinite(integer, fraction, exponent)
    }

    /// The reference reader's arithmetic: the leading digits that fit 64 bits, times a power of ten.
    private static func isFinite(_ integer: String, _ fraction: String, _ exponent: String) -> Bool {
        var digits = ""
        func isTaken(_ digit: Character) -> Bool {
            guard UInt64(digits + String(digit)) != nil else { return false }
            digits.append(digit)
            return true
        }
        let integerDigits = integer.prefix(while: isTaken).count
        let fractionDigits = fraction.prefix(while: isTaken).count
        let significand = UInt64(digits) ?? 0
        if significand == 0 { return true }
        guard let explicit = Int32(exponent) else { return exponent.hasPrefix("-") }
        let power = Int(explicit) + (integer.count - integerDigits) - fractionDigits
        if power < 0 { return true }
        return power <= 308 && (Double(significand) * (Double("1e\(power)") ?? .infinity)).isFinite
    }
}
