/// Where a reader takes its exchanges from, a page at a time.
protocol ExchangeCursor: AnyObject {
    /// Delivers the next page.
    ///
    /// - Parameter deliver: called for each exchange of the page with its number (its id in a store, its line in an
    ///   archive) and its slices, valid only during the call.
    /// - Returns: false when there is nothing left.
    /// - Throws: what reading or `deliver` throws. Of an archive, the next call goes on after the bad line.
    func readPage(_ deliver: (Int64, ExchangeSlices) throws -> Void) throws -> Bool

    /// How many exchanges were passed over because they were deleted after the reader was opened.
    var skippedCount: Int { get }
}

/// How much one page may hold, so that memory stays bounded and no transaction is long.
struct PageBudget {
    private var rows = 512
    private var bytes = 1 << 20

    var isSpent: Bool { rows <= 0 || bytes <= 0 }

    mutating func take(_ exchange: ExchangeSlices) {
        rows -= 1
        bytes -= exchange.byteCount
    }
}
