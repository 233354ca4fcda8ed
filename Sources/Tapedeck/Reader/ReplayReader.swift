internal import Synchronization

/// Reads exchanges one by one, from a store or straight from an archive.
///
/// ```swift
/// let reader = try ReplayReader(store: store, filter: filter)
/// while let exchange = try reader.next() {
///     try await send(exchange.request)
/// }
/// ```
///
/// Of a store it reads what was there when it was opened, even while a capture goes on. Memory stays bounded whatever
/// the size, and a reader that pauses for hours keeps nobody from writing.
public final class ReplayReader: Sendable {
    /// An exchange and where it stands.
    public struct NumberedExchange: Sendable, Hashable {
        /// The exchange's id in a store, or its line in an archive; both count from 1.
        public let number: Int64
        /// The exchange.
        public let exchange: RecordedExchange
    }

    private struct State: ~Copyable {
        let cursor: any ExchangeCursor
        /// What was read and not yet taken, the next one last: from there it is moved out and need not be copied.
        var page: [NumberedExchange] = []
        var isAtEnd = false
        /// What ended the page that is being read; thrown once its exchanges are.
        var pending: (any Error)?
    }

    private let state: Mutex<State>
    private let path: String

    /// Opens a reader over a store.
    ///
    /// - Parameters:
    ///   - store: the store. It needs not stay open.
    ///   - filter: which exchanges to read and in which order. A limit from the end finds its exchanges at once, and
    ///     holds 8 bytes for each.
    /// - Throws: ``TapedeckError`` when the store cannot be read.
    public convenience init(store: CaptureStore, filter: ExchangeFilter = ExchangeFilter())
        throws(TapedeckError)
    {
        let cursor = try reporting(about: store.path) { try StoreCursor(store.opener, filter) }
        self.init(cursor, path: store.path)
    }

    init(_ cursor: sending any ExchangeCursor, path: String) {
        state = Mutex(State(cursor: cursor))
        self.path = path
    }

    /// The next exchange; nil when there is none left, and from then on always.
    ///
    /// - Throws: ``TapedeckError`` when the store or archive cannot be read. A bad line of an archive, and an exchange of a store
    ///   whose checksum does not fit, is an error for that one alone: the next call goes on after it. At its end, `corrupt` where
    ///   the store's index knows of more exchanges than were found.
    public func next() throws(TapedeckError) -> RecordedExchange? {
        try nextNumbered()?.exchange
    }

    /// The next exchange and its number, likewise.
    public func nextNumbered() throws(TapedeckError) -> NumberedExchange? {
        try reporting(about: path) {
            try state.withLock { state in try Self.advance(&state) }
        }
    }

    /// How many exchanges were passed over because they were deleted from the store after the reader was opened.
    ///
    /// They are known where the reader listed what it would read: with a condition on protocol, time, state or latency,
    /// in order of arrival, or with a limit from the end. A plain walk through the store just does not meet them.
    public var skippedCount: Int { state.withLock { $0.cursor.skippedCount } }

    private static func advance(_ state: inout State) throws -> NumberedExchange? {
        while true {
            if let next = state.page.popLast() { return next }
            if let error = state.pending {
                state.pending = nil
                throw error
            }
            if state.isAtEnd { return nil }
            // Out of the state meanwhile, so that it is not copied, and its memory is used again.
            var page: [NumberedExchange] = []
            swap(&page, &state.page)
            do {
                let hasMore = try state.cursor.readPage { number, slices in
                    page.append(NumberedExchange(number: number, exchange: RecordedExchange(copying: slices)))
                }
                state.isAtEnd = !hasMore
            } catch {
                state.pending = error
            }
            page.reverse()
            swap(&page, &state.page)
        }
    }
}
