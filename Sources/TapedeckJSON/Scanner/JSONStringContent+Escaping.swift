extension JSONStringContent {
    /// Appends a JSON string with what RFC 8259 wants escaped and nothing else: short forms where there are any, other
    /// control characters as `\u00xx` in lower case.
    /// - Parameters:
    ///   - content: Valid UTF-8.
    ///   - target: What to append to.
    package static func appendQuoted(_ content: some Collection<UInt8>, to target: inout [UInt8]) {
        let done: Void? = content.withContiguousStorageIfAvailable { appendQuoted($0, to: &target) }
        if done == nil { Array(content).withUnsafeBufferPointer { appendQuoted($0, to: &target) } }
    }

    private static func appendQuoted(_ content: UnsafeBufferPointer<UInt8>, to target: inout [UInt8]) {
        target.append(0x22)
        // A run at a time: most strings are one.
        var rest = content[...]
        while let index = rest.firstIndex(where: { $0 < 0x20 || $0 == 0x22 || $0 == 0x5C }) {
            target.append(contentsOf: UnsafeBufferPointer(rebasing: rest[..<index]))
            appendEscape(of: rest[index], to: &target)
            rest = rest[(index + 1)...]
        }
        target.append(contentsOf: UnsafeBufferPointer(rebasing: rest))
        target.append(0x22)
    }

    private static func appendEscape(of byte: UInt8, to target: inout [UInt8]) {
        target.append(0x5C)
        switch byte {
        case 0x08: target.append(0x62)
        case 0x09: target.append(0x74)
        case 0x0A: target.append(0x6E)
        case 0x0C: target.append(0x66)
        case 0x0D: target.append(0x72)
        case 0x22, 0x5C: target.append(byte)
        default:
            let digit = byte & 0x0F
            target.append(contentsOf: [
                0x75, 0x30, 0x30, 0x30 | byte >> 4, digit + (digit < 10 ? 0x30 : 0x57),
            ])
        }
    }
}
