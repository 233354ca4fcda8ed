internal import Tapedeck
internal import TapedeckSQLite

/// Reads the results of a run by loop and exchange, a page at a time, so that no transaction stays open between pages.
struct RunReader: ~Copyable {
    /// The answers to one request, one for each lane that has one.
    struct Answers {
        var loop: Int
        var exchangeID: Int64
        var results: [Lane: ReplayResult]
    }

    /// A page holds the lanes of several exchanges, and none in part.
    private static let pageRowCount = 96
    /// A page also ends after so many bytes of answers, but not before it holds an exchange whole.
    private static let pageByteCount = 8 << 20

    private let path: String
    private var select: Statement
    private let connection: Connection
    private var page: [Answers] = []
    private var position = 0
    private var isAtEnd = false

    init(_ connection: consuming Connection, runID: Int64, path: String) throws {
        var select = try connection.prepare(ResultColumns.select)
        try select.bind(runID, at: 1)
        try select.bind(-1, at: 2)
        try select.bind(-1, at: 3)
        try select.bind(Int64(Self.pageRowCount), at: 4)
        self.path = path
        self.select = select
        self.connection = connection
    }

    /// The answers to the next request; nil at the end.
    mutating func next() throws(TapedeckError) -> Answers? {
        if position == page.count {
            guard !isAtEnd else { return nil }
            let path = path
            try reporting(about: path) { try readPage() }
        }
        guard position < page.count else { return nil }
        defer { position += 1 }
        return page[position]
    }

    private mutating func readPage() throws {
        page.removeAll(keepingCapacity: true)
        position = 0
        var (rowCount, byteCount) = (0, 0)
        var isFull = false
        while !isFull, try select.step() {
            rowCount += 1
            let result = try ResultColumns.result(in: select, path: path)
            if page.last?.loop != result.loop || page.last?.exchangeID != result.exchangeID {
                page.append(Answers(loop: result.loop, exchangeID: result.exchangeID, results: [:]))
            }
            byteCount += result.response.body?.byteCount ?? 0
            page[page.count - 1].results[result.lane] = result
            isFull = rowCount == Self.pageRowCount || (byteCount >= Self.pageByteCount && page.count > 1)
        }
        select.reset()
        isAtEnd = !isFull
        // Of the last the other lanes may be on the next page.
        if !isAtEnd { page.removeLast() }
        guard let last = page.last else { return }
        try select.bind(Int64(last.loop), at: 2)
        try select.bind(last.exchangeID, at: 3)
    }
}
