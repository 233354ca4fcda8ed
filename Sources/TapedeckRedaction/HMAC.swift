/// A keyed hash over SHA-256 (RFC 2104).
struct HMAC: Sendable {
    private let innerPad: [UInt8]
    private let outerPad: [UInt8]

    /// - Parameter key: the key; one longer than a block of the hash function is hashed first.
    init(key: [UInt8]) {
        var block = key.count > SHA256.blockByteCount ? SHA256.hash(key) : key
        block += repeatElement(0, count: SHA256.blockByteCount - block.count)
        innerPad = block.map { $0 ^ 0x36 }
        outerPad = block.map { $0 ^ 0x5C }
    }

    /// - Parameter message: any bytes.
    /// - Returns: its 32 bytes of authentication code.
    func code(for message: [UInt8]) -> [UInt8] {
        SHA256.hash(outerPad + SHA256.hash(innerPad + message))
    }
}
