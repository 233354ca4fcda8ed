/// Makes JSON texts that have a bit of everything.
struct RandomJSON {
    var generator: SeededGenerator

    init(seed: UInt64) {
        generator = SeededGenerator(seed: seed)
    }

    mutating func text() -> [UInt8] {
        var bytes: [UInt8] = []
        value(depth: 0, &bytes)
        return bytes
    }

    /// Replaces, inserts or removes a few bytes.
    mutating func mutate(_ bytes: [UInt8]) -> [UInt8] {
        let alphabet =
            Array("\"\\{}[]:,.-+eE0123456789utfn/ \t\r\n".utf8) + [
                0, 0x1F, 0x7F, 0x80, 0xBF, 0xC2, 0xE0, 0xED, 0xF4,
            ]
        var bytes = bytes
        for _ in 0..<Int.random(in: 1...3, using: &generator) where !bytes.isEmpty {
            let index = bytes.indices.randomElement(using: &generator) ?? 0
            let byte = alphabet.randomElement(using: &generator) ?? 0
            switch Int.random(in: 0..<4, using: &generator) {
            case 0: bytes[index] = byte
            case 1: bytes.insert(byte, at: index)
            case 2: bytes.remove(at: index)
            default: bytes.removeSubrange(index..<min(index + 9, bytes.count))
            }
        }
        return bytes
    }

    private mutating func value(depth: Int, _ bytes: inout [UInt8]) {
        switch Int.random(in: 0..<(depth > 4 ? 7 : 11), using: &generator) {
        case 0: bytes += Array("true".utf8)
        case 1: bytes += Array("false".utf8)
        case 2: bytes += Array("null".utf8)
        case 3, 4: string(&bytes)
        case 5, 6: bytes += number()
        case 7: numbers(&bytes)
        case 8: container("[", "]", depth, &bytes) { json, bytes in json.value(depth: depth + 1, &bytes) }
        default:
            container("{", "}", depth, &bytes) { json, bytes in
                json.string(&bytes)
                json.space(&bytes)
                bytes.append(UInt8(ascii: ":"))
                json.space(&bytes)
                json.value(depth: depth + 1, &bytes)
            }
        }
    }

    private mutating func container(
        _ opening: String,
        _ closing: String,
        _ depth: Int,
        _ bytes: inout [UInt8],
        _ entry: (inout RandomJSON, inout [UInt8]) -> Void
    ) {
        bytes += Array(opening.utf8)
        for index in 0..<Int.random(in: 0...4, using: &generator) {
            if index > 0 { bytes.append(UInt8(ascii: ",")) }
            space(&bytes)
            entry(&self, &bytes)
            space(&bytes)
        }
        bytes += Array(closing.utf8)
    }

    /// Numbers between bare commas, for the scanner's blocks of 64 bytes.
    private mutating func numbers(_ bytes: inout [UInt8]) {
        bytes.append(UInt8(ascii: "["))
        for index in 0..<Int.random(in: 1...60, using: &generator) {
            if index > 0 { bytes.append(UInt8(ascii: ",")) }
            bytes += number()
        }
        bytes.append(UInt8(ascii: "]"))
    }

    private mutating func number() -> [UInt8] {
        let integers = [
            "0", "-0", "7", "-12", "1234567890", "18446744073709551616", String(repeating: "9", count: 70),
        ]
        let fractions = ["", "", ".5", ".0625", "." + String(repeating: "3", count: 40)]
        let exponents = ["", "", "", "", "e5", "E-05", "e+300", "e308", "e-400"]
        let parts = [integers, fractions, exponents].map { $0.randomElement(using: &generator) ?? "0" }
        return Array(parts.joined().utf8)
    }

    private mutating func string(_ bytes: inout [UInt8]) {
        let pieces = [
            "a", "plain text of some length", "\\n", "\\\"", "\\\\", "\\u00e9", "\\ud83d\\ude00", "é", "漢字",
            "😀", "\u{7f}", "/",
        ]
        bytes.append(UInt8(ascii: "\""))
        for _ in 0..<Int.random(in: 0...5, using: &generator) {
            bytes += Array((pieces.randomElement(using: &generator) ?? "").utf8)
        }
        bytes.append(UInt8(ascii: "\""))
    }

    private mutating func space(_ bytes: inout [UInt8]) {
        if Int.random(in: 0..<6, using: &generator) == 0 {
            bytes += Array([" ", "\t", "\r ", "   "].randomElement(using: &generator)?.utf8 ?? " ".utf8)
        }
    }
}
