/// Numbers in the bytes of a database file, which may say anything and end anywhere
/// (<https://sqlite.org/fileformat.html>).
extension UnsafeRawBufferPointer {
    /// The big-endian number of `byteCount` bytes from `offset` on; nil where they are not all there.
    func bigEndian(at offset: Int, byteCount: Int) -> Int? {
        guard offset >= 0, offset + byteCount <= count else { return nil }
        return (offset..<offset + byteCount).reduce(0) { $0 << 8 | Int(self[$1]) }
    }

    /// A number of one to nine bytes, seven bits in each but the ninth, which has eight (section 1.6).
    ///
    /// - Parameter offset: where it begins; then where it ends.
    /// - Returns: nil where it is not all there.
    func variableLengthInteger(at offset: inout Int) -> Int64? {
        var value: UInt64 = 0
        for index in 0..<9 {
            guard offset >= 0, offset < count else { return nil }
            let byte = self[offset]
            offset += 1
            if index == 8 { return Int64(bitPattern: value << 8 | UInt64(byte)) }
            value = value << 7 | UInt64(byte & 0x7F)
            if byte < 0x80 { break }
        }
        return Int64(bitPattern: value)
    }
}
