/// Bytes that are put together in memory that is kept and used again, without the checks that an array makes for every
/// few of them.
///
/// It is `@unchecked Sendable` because it cannot be copied and is alone in knowing its memory: whoever holds it holds
/// that memory, on whatever thread.
struct ByteBuffer: ~Copyable, @unchecked Sendable {
    private var storage = UnsafeMutableBufferPointer<UInt8>(start: nil, count: 0)
    private(set) var count = 0

    deinit {
        storage.deallocate()
    }

    var bytes: UnsafeRawBufferPointer {
        UnsafeRawBufferPointer(rebasing: UnsafeRawBufferPointer(storage)[..<count])
    }

    mutating func removeAll() {
        count = 0
    }

    mutating func append(_ byte: UInt8) {
        reserve(1)[0] = byte
        count += 1
    }

    /// Precondition: there is a last byte.
    mutating func replaceLast(with byte: UInt8) {
        storage[count - 1] = byte
    }

    mutating func append(_ bytes: UnsafeRawBufferPointer) {
        UnsafeMutableRawBufferPointer(start: reserve(bytes.count), count: bytes.count).copyMemory(from: bytes)
        count += bytes.count
    }

    mutating func append(_ text: StaticString) {
        append(UnsafeRawBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
    }

    /// Lets `write` fill up to `capacity` bytes and return how many it did.
    mutating func append(capacity: Int, _ write: (UnsafeMutablePointer<UInt8>) -> Int) {
        count += write(reserve(capacity))
    }

    /// Room for `extra` more bytes, at least one.
    private mutating func reserve(_ extra: Int) -> UnsafeMutablePointer<UInt8> {
        if let base = storage.baseAddress, count + extra <= storage.count { return base + count }
        let larger = UnsafeMutableBufferPointer<UInt8>.allocate(
            capacity: max(256, storage.count * 2, count + extra)
        )
        UnsafeMutableRawBufferPointer(larger).copyMemory(from: bytes)
        storage.deallocate()
        storage = larger
        guard let base = larger.baseAddress else { preconditionFailure("A buffer with room has an address.") }
        return base + count
    }
}
