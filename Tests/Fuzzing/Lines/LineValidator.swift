/// The line format's rules, slow and obvious: cuts the object into its members first and looks at each of them then.
enum LineValidator {
    enum Verdict: Equatable { case accept, reject, blank }

    private static let required = ["recv_ts_ns", "protocol", "request"]
    private static let known = required + ["latency_ns", "response"]

    static func verdict(on bytes: [UInt8]) -> Verdict {
        guard let text = String(validating: bytes, as: UTF8.self) else { return .reject }
        let line = trimmed(text)
        if line.isEmpty { return .blank }
        guard line.count >= 2, line.first == UInt8(ascii: "{"), line.last == UInt8(ascii: "}") else {
            return .reject
        }
        let inside = Array(line.dropFirst().dropLast())
        if inside.allSatisfy(isJSONSpace) { return .reject }
        var seen: Set<String> = []
        for member in split(inside) {
            guard let (name, value) = nameAndValue(member), isValid(value, of: name) else { return .reject }
            if known.contains(name), !seen.insert(name).inserted { return .reject }
        }
        return required.allSatisfy(seen.contains) ? .accept : .reject
    }

    private static func trimmed(_ text: String) -> [UInt8] {
        var scalars = Array(text.unicodeScalars)
        while let last = scalars.last, last.properties.isWhitespace { scalars.removeLast() }
        let rest = scalars.drop { $0.properties.isWhitespace }
        var view = String.UnicodeScalarView()
        view.append(contentsOf: rest)
        return Array(String(view).utf8)
    }

    private static func isJSONSpace(_ byte: UInt8) -> Bool { [0x20, 0x09, 0x0D].contains(byte) }

    /// Cuts at the commas outside strings and brackets. Where the brackets do not match, a piece is no JSON.
    private static func split(_ bytes: [UInt8]) -> [[UInt8]] {
        var pieces: [[UInt8]] = [[]]
        var depth = 0
        var isString = false
        var isEscaped = false
        for byte in bytes {
            if isString {
                if isEscaped {
                    isEscaped = false
                } else if byte == UInt8(ascii: "\\") {
                    isEscaped = true
                } else if byte == UInt8(ascii: "\"") {
                    isString = false
                }
            } else {
                if byte == UInt8(ascii: "\"") { isString = true }
                if "[{".utf8.contains(byte) { depth += 1 }
                if "]}".utf8.contains(byte) { depth -= 1 }
                if byte == UInt8(ascii: ","), depth == 0 {
                    pieces.append([])
                    continue
                }
            }
            pieces[pieces.count - 1].append(byte)
        }
        return pieces
    }

    private static func nameAndValue(_ member: [UInt8]) -> (String, [UInt8])? {
        let member = Array(member.drop(while: isJSONSpace))
        guard member.first == UInt8(ascii: "\"") else { return nil }
        var end = 1
        while end < member.count, member[end] != UInt8(ascii: "\"") {
            end += member[end] == UInt8(ascii: "\\") ? 2 : 1
        }
        guard end < member.count else { return nil }
        let name = Array(member[...end])
        guard SlowValidator.accepts(name, isPayload: true) else { return nil }
        let rest = member[(end + 1)...].drop(while: isJSONSpace)
        guard rest.first == UInt8(ascii: ":") else { return nil }
        return (unescaped(name), Array(rest.dropFirst()))
    }

    private static func isValid(_ value: [UInt8], of name: String) -> Bool {
        var core = Array(value.drop(while: isJSONSpace))
        while let last = core.last, isJSONSpace(last) { core.removeLast() }
        let text = String(decoding: core, as: UTF8.self)
        switch name {
        case "request", "response": return SlowValidator.accepts(value, isPayload: true)
        case "protocol":
            return core.first == UInt8(ascii: "\"") && SlowValidator.accepts(value, isPayload: true)
        case "recv_ts_ns": return isDecimal(core) && UInt128(text) != nil
        case "latency_ns": return text == "null" || isDecimal(core) && UInt64(text) != nil
        default: return SlowValidator.accepts(value, isPayload: false)
        }
    }

    private static func isDecimal(_ digits: [UInt8]) -> Bool {
        guard let first = digits.first else { return false }
        return digits.allSatisfy { (0x30...0x39).contains($0) } && (first != 0x30 || digits.count == 1)
    }

    /// A valid string token's content; what is neither ASCII nor an escape of it stands for itself.
    private static func unescaped(_ token: [UInt8]) -> String {
        var result: [UInt16] = []
        var units = Array(String(decoding: token, as: UTF8.self).utf16.dropFirst().dropLast())[...]
        let short: [UInt16: UInt16] = [0x62: 8, 0x66: 12, 0x6E: 10, 0x72: 13, 0x74: 9]
        while let unit = units.popFirst() {
            guard unit == 0x5C, let kind = units.popFirst() else {
                result.append(unit)
                continue
            }
            if kind == 0x75 {
                result.append(UInt16(String(decoding: units.prefix(4), as: UTF16.self), radix: 16) ?? 0)
                units = units.dropFirst(4)
            } else {
                result.append(short[kind] ?? kind)
            }
        }
        return String(decoding: result, as: UTF16.self)
    }
}
