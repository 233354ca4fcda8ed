#if HTTP
internal import NIOCore

/// Gathers small writes to a connection, so that a head and a short body leave together, from memory that is used again.
struct OutgoingBytes {
    /// From this size on a piece is not copied but handed on as it is.
    private static let largeByteCount = 8 << 10
    /// Memory beyond this is given back.
    private static let keptByteCount = 64 << 10

    private var allocator = ByteBufferAllocator()
    private var bytes = ByteBuffer()

    mutating func use(_ allocator: ByteBufferAllocator) {
        self.allocator = allocator
        bytes = allocator.buffer(capacity: 1024)
    }

    mutating func withBytes(_ body: (inout ByteBuffer) -> Void) {
        body(&bytes)
    }

    /// Takes a piece of a body, and calls `write` with what must go before a large one, and with that.
    mutating func append(_ piece: ByteBuffer, _ framing: MessageFraming, _ write: (ByteBuffer) -> Void) {
        guard piece.readableBytes >= Self.largeByteCount else {
            bytes.writeBody(piece, framing)
            return
        }
        if framing == .chunked { bytes.writeChunkStart(piece.readableBytes) }
        hand(write)
        write(piece)
        // What was handed over may still be held; then this is new memory.
        bytes.clear(minimumCapacity: 256)
        if framing == .chunked { bytes.writeStaticString("\r\n") }
    }

    /// Calls `write` with what has gathered, if anything has.
    mutating func hand(_ write: (ByteBuffer) -> Void) {
        guard bytes.readableBytes > 0 else { return }
        write(bytes)
    }

    /// Makes the memory ready for more, after what was handed over was flushed.
    mutating func reuse() {
        if bytes.capacity > Self.keptByteCount {
            bytes = allocator.buffer(capacity: 1024)
        } else {
            bytes.clear()
        }
    }
}
#endif
