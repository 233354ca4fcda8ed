private import CTapedeckSQLite
internal import Dispatch

extension Connection {
    /// Does something with this connection, and cuts short what SQLite does for it once it is called off.
    ///
    /// A check of a large file is a single step of a statement, and SQLite 3.40 calls no handler from the midst of one that reads
    /// pages, as newer versions may. So another thread looks twenty times a second.
    ///
    /// - Parameters:
    ///   - isCancelled: asked by that thread, and once `body` ended; nil for never. It must stay with a yes (`Latch`).
    ///   - cancellation: what is thrown after a yes, whatever came of `body`: then statements fail with the code `interrupted`.
    ///   - body: what is done.
    /// - Returns: what `body` returns.
    /// - Throws: `cancellation`, and what `body` throws.
    package borrowing func interrupting<Result: ~Copyable>(
        when isCancelled: (@Sendable () -> Bool)?,
        throwing cancellation: @autoclosure () -> any Error,
        _ body: () throws -> Result
    ) throws -> Result {
        guard let isCancelled else { return try body() }
        do {
            let result = try interrupting(when: isCancelled, body)
            if !isCancelled() { return result }
        } catch {
            if !isCancelled() { throw error }
        }
        throw cancellation()
    }

    /// The same, but with whatever came of `body` after a yes.
    borrowing func interrupting<Result: ~Copyable>(
        when isCancelled: @escaping @Sendable () -> Bool,
        _ body: () throws -> Result
    ) rethrows -> Result {
        // Interrupting is the one thing that another thread may do, as long as the connection is open
        // (<https://sqlite.org/c3ref/interrupt.html>), which it is until this returns.
        nonisolated(unsafe) let handle = handle
        let queue = DispatchQueue(label: "tapedeck.interruption")
        let end = DispatchSemaphore(value: 0)
        queue.async {
            repeat {
                if isCancelled() { sqlite3_interrupt(handle) }
            } while end.wait(timeout: .now() + .milliseconds(50)) == .timedOut
        }
        defer {
            end.signal()
            // Where it is looking just now, that ends first.
            queue.sync {}
        }
        return try body()
    }
}
