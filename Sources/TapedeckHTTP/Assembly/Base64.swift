#if HTTP
/// Base64 as RFC 4648, section 4, defines it, with padding.
enum Base64 {
    private static let alphabet = Array(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8
    )

    /// Appends the base64 form of `bytes`.
    static func append(_ bytes: [UInt8], to target: inout [UInt8]) {
        target.reserveCapacity(target.count + (bytes.count + 2) / 3 * 4)
        for start in stride(from: 0, to: bytes.count, by: 3) {
            let count = min(3, bytes.count - start)
            var group: UInt32 = 0
            for offset in 0..<3 { group = group << 8 | (offset < count ? UInt32(bytes[start + offset]) : 0) }
            for digit in 0..<4 {
                let index = Int(group >> UInt32(18 - 6 * digit) & 0x3F)
                target.append(digit <= count ? alphabet[index] : 0x3D)
            }
        }
    }
}
#endif
