#if HTTP
import Synchronization
import Tapedeck
import TapedeckRedaction

/// Counts which failures are missing from a store because they could not be redacted: an answer that is no JSON is often one.
final class RefusalTally: Sendable {
    private let failures = Mutex<[String: Int]>([:])

    /// Those refused that are failures, by what kind: `status 502`, a word such as `client_left`, or `no response`.
    var failureCounts: [String: Int] { failures.withLock { $0 } }

    /// Redacts, and takes note of what cannot be.
    func redact(_ exchange: RecordedExchange, with redactor: Redactor) throws(RedactionError)
        -> RecordedExchange
    {
        do {
            return try redactor.redact(exchange)
        } catch {
            if let kind = Self.failure(of: exchange) {
                failures.withLock { $0[kind, default: 0] += 1 }
            }
            throw error
        }
    }

    /// Nil where the exchange is none. It says nothing of a payload.
    private static func failure(of exchange: RecordedExchange) -> String? {
        guard exchange.isFailed else { return nil }
        if let word = exchange.httpFailure { return word }
        return exchange.isOpen ? "no response" : exchange.httpStatus.map { "status \($0)" }
    }
}
#endif
