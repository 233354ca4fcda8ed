internal import Dispatch
internal import Synchronization

/// Writes to a file on another thread, so that the next lines are put together while the last ones are written.
///
/// There are two buffers: one that is being filled and one that is being written. What cannot be written is thrown by the
/// next call.
final class WriteBehind {
    private let exchange: BufferExchange

    /// - Parameter file: where to write. It must stay open for as long as this is in use.
    init(_ file: borrowing FileDescriptor) {
        exchange = BufferExchange(file.number)
        DispatchQueue(label: "tapedeck.write").async { [exchange] in exchange.writeAll() }
    }

    deinit {
        // The file may be closed next, so that nobody may still be writing to it.
        exchange.stop()
    }

    /// Hands over what was filled.
    ///
    /// - Parameter buffer: what to write.
    /// - Returns: an empty buffer, once what was handed over before is written.
    /// - Throws: `SystemError` when that could not be written.
    func write(_ buffer: consuming ByteBuffer) throws(SystemError) -> ByteBuffer {
        let empty = try exchange.takeEmpty()
        exchange.putFull(buffer)
        return empty
    }

    /// Returns once all that was handed over is written.
    ///
    /// - Throws: `SystemError` when it could not be.
    func finish() throws(SystemError) {
        exchange.putEmpty(try exchange.takeEmpty())
    }
}

/// What the two threads share: the buffer that is on its way to either of them.
private final class BufferExchange: Sendable {
    private struct State: ~Copyable {
        var full: ByteBuffer?
        var empty: ByteBuffer? = ByteBuffer()
        var failure: SystemError?
    }

    private let descriptor: Int32
    private let state = Mutex(State())
    private let fullCount = DispatchSemaphore(value: 0)
    private let emptyCount = DispatchSemaphore(value: 0)

    init(_ descriptor: Int32) {
        self.descriptor = descriptor
        // Counted up rather than begun with: a semaphore must not end below the value that it began with.
        emptyCount.signal()
    }

    /// Waits for the empty buffer.
    func takeEmpty() throws(SystemError) -> ByteBuffer {
        emptyCount.wait()
        return try state.withLock { state throws(SystemError) in
            if let failure = state.failure {
                emptyCount.signal()
                throw failure
            }
            return state.empty.take() ?? ByteBuffer()
        }
    }

    func putEmpty(_ buffer: consuming ByteBuffer) {
        var buffer = Optional(buffer)
        state.withLock { swap(&$0.empty, &buffer) }
        emptyCount.signal()
    }

    func putFull(_ buffer: consuming ByteBuffer) {
        var buffer = Optional(buffer)
        state.withLock { swap(&$0.full, &buffer) }
        fullCount.signal()
    }

    /// Waits until nothing is being written, and has the thread end.
    func stop() {
        emptyCount.wait()
        fullCount.signal()
    }

    /// Writes each full buffer, until there is none to take.
    func writeAll() {
        let file = FileDescriptor(borrowing: descriptor)
        while true {
            fullCount.wait()
            guard var buffer = state.withLock({ $0.full.take() }) else { return }
            do throws(SystemError) {
                try file.write(buffer.bytes)
            } catch {
                state.withLock { $0.failure = error }
            }
            buffer.removeAll()
            putEmpty(buffer)
        }
    }
}
