internal import Tapedeck
internal import TapedeckJSON
internal import TapedeckSQLite

/// The statements that know the columns of results, in one place.
enum ResultColumns {
    static let insert = """
        INSERT OR ROLLBACK INTO results
            (run_id, lane, loop, exchange_id, request_digest, protocol, due_ns, sent_ns, latency_ns, status, failure,
             http, response_bytes, response)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14)
        """

    /// The results of run `?1` after exchange `?3` of loop `?2`, at most `?4`.
    static let select = """
        SELECT lane, loop, exchange_id, request_digest, protocol, due_ns, sent_ns, latency_ns, status, failure, http,
               response
        FROM results INDEXED BY results_by_exchange
        WHERE run_id = ?1 AND (loop, exchange_id) > (?2, ?3) ORDER BY loop, exchange_id, lane LIMIT ?4
        """

    /// The lanes of exchange `?3` in loop `?2` of run `?1` that have a result.
    static let find = """
        SELECT lane, request_digest FROM results INDEXED BY results_by_exchange
        WHERE run_id = ?1 AND loop = ?2 AND exchange_id = ?3
        """

    static func bind(_ result: ReplayResult, run: Int64, to statement: inout Statement) throws(SQLiteError) {
        // What a former row left is not to be taken for this one's.
        statement.clearBindings()
        try statement.bind(run, at: 1)
        try statement.bind(Int64(result.lane.rawValue), at: 2)
        try statement.bind(Int64(result.loop), at: 3)
        try statement.bind(result.exchangeID, at: 4)
        try statement.bind(Int64(bitPattern: result.requestDigest), at: 5)
        try statement.bind(result.protocol, at: 6)
        try statement.bind(Int64(clamping: result.dueNanoseconds), at: 7)
        try statement.bind(Int64(clamping: result.sentNanoseconds), at: 8)
        try statement.bind(Int64(clamping: result.latencyNanoseconds), at: 9)
        if let status = result.response.status { try statement.bind(Int64(status), at: 10) }
        if let failure = result.response.failure { try statement.bind(failure.rawValue, at: 11) }
        if let stream = StreamColumn.text(of: result.response) { try statement.bind(stream.text, at: 12) }
        if let body = result.response.body {
            try statement.bind(Int64(body.byteCount), at: 13)
            try statement.bind(text: Array(body.utf8), at: 14)
        }
    }

    static func result(in statement: borrowing Statement, path: String) throws(TapedeckError) -> ReplayResult
    {
        guard let lane = Lane(rawValue: Int(statement.integerOrZero(at: 0))), let tag = statement.text(at: 4)
        else {
            throw TapedeckError(
                .corrupt,
                "\(path): a result lacks what every result has; the file is damaged"
            )
        }
        var response = ServerResponse()
        response.status = statement.integer(at: 8).map { Int($0) }
        response.failure = statement.text(at: 9).flatMap { ServerResponse.Failure(rawValue: $0) }
        response.body = try text(at: 11, of: statement, path: path)
        if let stream = try text(at: 10, of: statement, path: path) {
            StreamColumn.read(stream, into: &response)
        }
        return ReplayResult(
            lane: lane,
            loop: Int(statement.integerOrZero(at: 1)),
            exchangeID: statement.integerOrZero(at: 2),
            requestDigest: UInt64(bitPattern: statement.integerOrZero(at: 3)),
            protocol: tag,
            dueNanoseconds: UInt64(clamping: statement.integerOrZero(at: 5)),
            sentNanoseconds: UInt64(clamping: statement.integerOrZero(at: 6)),
            latencyNanoseconds: UInt64(clamping: statement.integerOrZero(at: 7)),
            response: response
        )
    }

    /// A results file may come from anywhere, so that its texts are looked at again.
    private static func text(
        at column: Int32,
        of statement: borrowing Statement,
        path: String
    ) throws(TapedeckError) -> JSONText? {
        guard let bytes = statement.bytes(at: column) else { return nil }
        do throws(JSONTextError) {
            return try JSONText(utf8: bytes)
        } catch {
            throw TapedeckError(.corrupt, "\(path): a result holds what is no JSON; the file is damaged")
        }
    }
}
