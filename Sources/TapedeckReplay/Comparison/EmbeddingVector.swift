internal import TapedeckJSON

/// An embedding as numbers.
struct EmbeddingVector {
    let components: [Double]

    /// Takes an array of numbers, or a string of Base64 (RFC 4648, section 4) that holds 32-bit floats in little-endian
    /// order. Nil for anything else, and for what has no components.
    init?(_ value: JSONOutline.Value) {
        switch value.kind {
        case .array:
            var components: [Double] = []
            for part in value.parts {
                guard part.kind == .number,
                    let number = part.withBytes({ Double(String(decoding: $0, as: UTF8.self)) })
                else { return nil }
                components.append(number)
            }
            self.components = components
        case .string:
            guard let bytes = value.text.string.flatMap(Self.bytes), bytes.count % 4 == 0 else { return nil }
            components = stride(from: 0, to: bytes.count, by: 4).map { index in
                let bits = (0..<4).reduce(UInt32(0)) { $0 | UInt32(bytes[index + $1]) << UInt32(8 * $1) }
                return Double(Float(bitPattern: bits))
            }
        case .object, .number, .boolean, .null:
            return nil
        }
        if components.isEmpty || !components.allSatisfy(\.isFinite) { return nil }
    }

    /// Some servers leave the padding out.
    private static func bytes(_ text: String) -> [UInt8]? {
        [UInt8](base64: text + String(repeating: "=", count: (4 - text.utf8.count % 4) % 4))
    }

    /// The cosine of the angle between two vectors of the same dimension; 1 for two of no length, 0 if one has none. Nil
    /// where the dimensions differ.
    func cosine(to other: EmbeddingVector) -> Double? {
        guard components.count == other.components.count else { return nil }
        // Scaled by the largest component, so that no square leaves the range of a double.
        let (scale, otherScale) = (largest, other.largest)
        guard scale > 0, otherScale > 0 else { return scale == otherScale ? 1 : 0 }
        var (dot, square, otherSquare) = (0.0, 0.0, 0.0)
        for (one, another) in zip(components, other.components) {
            let (left, right) = (one / scale, another / otherScale)
            dot += left * right
            square += left * left
            otherSquare += right * right
        }
        return dot / (square * otherSquare).squareRoot()
    }

    private var largest: Double {
        components.reduce(0) { max($0, $1.magnitude) }
    }
}
