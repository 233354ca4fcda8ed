import Tapedeck

/// The table of `tapedeck list`. Its widths are settled before the first row, so that rows can go out as they come.
struct ExchangeTable {
    /// The width of a table that goes to no terminal.
    static let defaultWidth = 100
    private static let widestProtocol = 24
    /// Less than this of a request is of no use.
    private static let narrowestPreview = 8
    private static let gap = "  "

    private let idWidth: Int
    private let timeWidth: Int
    private let fractionDigits: Int
    private let protocolWidth: Int
    private let latencyWidth = 7
    /// Nil for no such column.
    private let statusWidth: Int?
    private let requestWidth = 7
    private let responseWidth = 8
    private let previewWidth: Int

    /// Settles the widths for rows that are known.
    ///
    /// - Parameters:
    ///   - rows: all that will come.
    ///   - width: the columns that there are.
    init(for rows: [Row], width: Int) {
        self.init(
            lastID: rows.map(\.number).max() ?? 0,
            latest: rows.map(\.receivedNanoseconds).max() ?? 0,
            tags: rows.map(\.tag),
            showsStatus: rows.contains { $0.status != nil },
            width: width
        )
    }

    /// What a row shows of an exchange, without its payloads.
    struct Row {
        let number: Int64
        let receivedNanoseconds: UInt128
        let tag: String
        let latencyNanoseconds: UInt64?
        let status: Int?
        let requestByteCount: Int
        /// Nil for an open exchange.
        let responseByteCount: Int?
        let words: String

        /// Takes what will be shown.
        ///
        /// - Parameters:
        ///   - numbered: the exchange.
        ///   - width: the most columns that its first words may take.
        init(_ numbered: ReplayReader.NumberedExchange, width: Int) {
            let exchange = numbered.exchange
            number = numbered.number
            receivedNanoseconds = exchange.receivedNanoseconds
            tag = exchange.protocol
            latencyNanoseconds = exchange.latencyNanoseconds
            status = exchange.httpStatus
            requestByteCount = exchange.request.byteCount
            responseByteCount = exchange.response?.byteCount
            words = RequestPreview.text(of: exchange.request, width: width)
        }
    }

    /// Settles the widths for whatever a filter lets through. There is a column for HTTP's status: what comes late may have one.
    ///
    /// - Parameters:
    ///   - lastID: the largest id that will come.
    ///   - protocols: what the store holds.
    ///   - filter: what of that will come.
    ///   - width: the columns that there are.
    init(lastID: Int64, protocols: [ProtocolSummary], filter: ExchangeFilter, width: Int) {
        let protocols = protocols.filter { summary in
            filter.protocols.isEmpty || filter.protocols.contains { $0.matches(summary.protocol) }
        }
        self.init(
            lastID: lastID,
            latest: min(protocols.map(\.latestNanoseconds).max() ?? 0, filter.untilNanoseconds ?? .max),
            tags: protocols.map(\.protocol),
            showsStatus: true,
            width: width
        )
    }

    private init(lastID: Int64, latest: UInt128, tags: [String], showsStatus: Bool, width: Int) {
        idWidth = max(2, "\(lastID)".count)
        // Times that RFC 3339 cannot write are wide, and rare.
        // On a narrow terminal the milliseconds and the ends of long tags make room for the first words.
        let isNarrow = width < Self.defaultWidth
        fractionDigits = isNarrow ? 0 : 3
        timeWidth = Self.time(latest, fractionDigits).count
        let longestTag = tags.map { $0.escapingControlCharacters().displayWidth }.max() ?? 0
        let widest = isNarrow ? Self.widestProtocol / 2 : Self.widestProtocol
        protocolWidth = min(max("PROTOCOL".count, longestTag), widest)
        statusWidth = showsStatus ? "HTTP".count : nil
        let widths = [idWidth, timeWidth, protocolWidth, latencyWidth, requestWidth, responseWidth]
        let fixed = (widths + [statusWidth].compactMap(\.self)).reduce(0) { $0 + $1 + Self.gap.count }
        previewWidth = width - fixed >= Self.narrowestPreview ? width - fixed : 0
    }

    var header: String {
        line("ID", "TIME", "PROTOCOL", "LATENCY", "HTTP", "REQUEST", "RESPONSE", "FIRST WORDS")
    }

    func row(_ numbered: ReplayReader.NumberedExchange) -> String {
        row(Row(numbered, width: previewWidth))
    }

    func row(_ row: Row) -> String {
        line(
            "\(row.number)",
            Self.time(row.receivedNanoseconds, fractionDigits),
            row.tag.escapingControlCharacters(),
            row.latencyNanoseconds.map { Quantities.latency($0) } ?? "-",
            row.status.map { "\($0)" } ?? "-",
            Quantities.bytes(row.requestByteCount),
            row.responseByteCount.map { Quantities.bytes($0) } ?? "open",
            row.words
        )
    }

    private static func time(_ nanoseconds: UInt128, _ fractionDigits: Int) -> String {
        Timestamp.format(nanoseconds, fractionDigits: fractionDigits)
    }

    private func line(
        _ id: String,
        _ time: String,
        _ tag: String,
        _ latency: String,
        _ status: String,
        _ request: String,
        _ response: String,
        _ words: String
    ) -> String {
        var cells = [
            id.aligned(.right, toWidth: idWidth),
            time.aligned(.left, toWidth: timeWidth),
            tag.aligned(.left, toWidth: protocolWidth),
            latency.aligned(.right, toWidth: latencyWidth),
        ]
        if let statusWidth { cells.append(status.aligned(.right, toWidth: statusWidth)) }
        cells += [
            request.aligned(.right, toWidth: requestWidth),
            response.aligned(.right, toWidth: responseWidth),
        ]
        if previewWidth > 0 { cells.append(words.truncated(toWidth: previewWidth)) }
        return cells.joined(separator: Self.gap) + "\n"
    }
}
