extension ReplayReader: AsyncSequence {
    /// What the sequence yields.
    public typealias Element = RecordedExchange

    /// Takes exchanges from the reader, so that several iterators share what there is.
    public struct AsyncIterator: AsyncIteratorProtocol {
        let reader: ReplayReader

        /// The next exchange; nil when there is none left.
        ///
        /// Reading a page takes the time of a short read of the disk, on the calling task's thread.
        ///
        /// - Throws: ``TapedeckError`` as ``ReplayReader/next()`` does, and `CancellationError` when the task was
        ///   cancelled.
        public mutating func next() async throws -> RecordedExchange? {
            try Task.checkCancellation()
            return try reader.next()
        }
    }

    /// Makes an iterator for `for try await exchange in reader`.
    public func makeAsyncIterator() -> AsyncIterator {
        AsyncIterator(reader: self)
    }
}
