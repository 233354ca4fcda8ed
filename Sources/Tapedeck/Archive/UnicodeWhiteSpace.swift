/// Skips characters with Unicode's White_Space property except LF, which ends a line.
///
/// They are trimmed at the ends of a line; within it, JSON's own white space alone counts.
func skipUnicodeWhiteSpace(_ start: UnsafePointer<UInt8>) -> UnsafePointer<UInt8> {
    var position = start
    while true {
        switch position[0] {
        case 0x09, 0x0B...0x0D, 0x20:
            position += 1
        case 0xC2 where position[1] == 0x85 || position[1] == 0xA0:
            position += 2
        case 0xE1 where position[1] == 0x9A && position[2] == 0x80,  // U+1680
            0xE2 where position[1] == 0x80 && isGeneralPunctuationSpace(position[2]),
            0xE2 where position[1] == 0x81 && position[2] == 0x9F,  // U+205F
            0xE3 where position[1] == 0x80 && position[2] == 0x80:  // U+3000
            position += 3
        default:
            return position
        }
    }
}

/// U+2000…U+200A, U+2028, U+2029 and U+202F by their last byte.
private func isGeneralPunctuationSpace(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x80...0x8A, 0xA8, 0xA9, 0xAF: true
    default: false
    }
}
