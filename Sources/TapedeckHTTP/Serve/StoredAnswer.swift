#if HTTP
internal import Tapedeck
internal import TapedeckJSON
internal import TapedeckReplay

/// A recorded response as it goes over the wire again.
struct StoredAnswer: Sendable {
    /// What is sent after the head.
    enum Body: Sendable {
        /// One piece.
        case whole([UInt8])
        /// Events, each at its time.
        case stream(AnswerStream)
    }

    /// The status, 200 to 999; 200 where none is known.
    let status: Int
    /// The media type.
    let contentType: String
    /// The content coding that a body has because it could not be taken off.
    let contentEncoding: String?
    let body: Body

    /// Takes the response of an exchange; nil for an open one.
    init?(_ exchange: RecordedExchange) {
        guard let response = exchange.response else { return nil }
        let http = exchange.capturedHTTP
        let stream = AnswerStream(response, http, request: exchange.request, tag: exchange.protocol)
        // A status below 200 announces another response, which nobody could send.
        status = max(http?.status ?? 200, 200)
        contentType = http?.contentType ?? stream?.contentType ?? "application/json"
        contentEncoding = http?.responseEncoding
        if status == 204 || status == 304 {
            // They have no body (RFC 9110, sections 15.3.5 and 15.4.5).
            body = .whole([])
        } else {
            body =
                stream.map { .stream($0) }
                ?? .whole(RequestBody.bytes(of: response, isCaptured: http != nil))
        }
    }
}
#endif
