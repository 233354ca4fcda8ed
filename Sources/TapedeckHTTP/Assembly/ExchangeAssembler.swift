#if HTTP
internal import Tapedeck
internal import TapedeckJSON

/// Makes the exchange to record of what went over the wire.
struct ExchangeAssembler {
    let bodyLimitByteCount: Int

    /// Why an exchange is not recorded.
    enum Refusal: Error {
        /// A decoded body exceeds its limit.
        case tooLarge
    }

    /// Makes the exchange.
    ///
    /// - Parameter captured: what went over the wire. Its bodies are taken out of it, not copied, and it is told when an event
    ///   of its stream tells an error.
    /// - Returns: the exchange, open when the response was never sent in full.
    /// - Throws: ``Refusal``.
    func assemble(_ captured: inout CapturedExchange) throws(Refusal) -> RecordedExchange {
        var http = HTTPMember(framing: captured.framing)
        if try !decode(&captured.requestBody, captured.requestEncoding) {
            http.requestEncoding = captured.requestEncoding
        }
        let request = BodyText.text(adopting: &captured.requestBody)

        var response: JSONText?
        if captured.framing == .none {
            if captured.latencyNanoseconds != nil {
                if try !decode(&captured.responseBody, captured.responseEncoding) {
                    http.responseEncoding = captured.responseEncoding
                }
                response = BodyText.text(adopting: &captured.responseBody)
            }
        } else if let stream = try collect(captured) {
            http.take(stream)
            let elements = EventArray.text(stream.events)
            if captured.latencyNanoseconds != nil {
                response = elements
                captured.failure = stream.events.first(where: \.tellsError).map {
                    .init(cause: .streamError, offsetNanoseconds: $0.offsetNanoseconds)
                }
            } else {
                http.openEvents = elements
            }
        } else {
            // Events cannot be found in what cannot be decoded.
            http.responseEncoding = captured.responseEncoding
            http.framing = .none
            if captured.latencyNanoseconds != nil {
                response = BodyText.text(adopting: &captured.responseBody)
            }
        }
        return RecordedExchange(
            receivedNanoseconds: captured.receivedNanoseconds,
            latencyNanoseconds: captured.latencyNanoseconds,
            protocol: captured.tag,
            request: request,
            response: response,
            extra: http.extra(of: captured)
        )
    }

    /// Takes the content coding off a body, and leaves it as it is when that is unknown or broken.
    ///
    /// - Returns: whether the body has no content coding now.
    private func decode(_ body: inout [UInt8], _ encoding: String?) throws(Refusal) -> Bool {
        guard let encoding, !body.isEmpty else { return true }
        guard let decoder = ContentDecoder(encoding, limit: bodyLimitByteCount) else { return false }
        var bytes: [UInt8] = []
        let outcome = body.withUnsafeBytes { decoder.feed($0) { bytes.append(contentsOf: $0) } }
        if outcome == .tooLarge { throw .tooLarge }
        guard outcome == .good, decoder.finish() else { return false }
        body = bytes
        return true
    }

    /// The events of a streamed response; nil when its content coding is unknown or broken.
    private func collect(_ captured: CapturedExchange) throws(Refusal) -> EventCollector? {
        guard var collector = EventCollector(captured.framing) else { return nil }
        var decoder: ContentDecoder?
        if let encoding = captured.responseEncoding {
            decoder = ContentDecoder(encoding, limit: bodyLimitByteCount)
            if decoder == nil { return nil }
        }
        var outcome = ContentDecoder.Outcome.good
        captured.responseBody.withUnsafeBytes { body in
            var start = 0
            for mark in captured.marks where outcome == .good {
                let part = UnsafeRawBufferPointer(rebasing: body[start..<mark.end])
                start = mark.end
                guard let decoder else {
                    collector.feed(part, at: mark.offsetNanoseconds)
                    continue
                }
                outcome = decoder.feed(part) { collector.feed($0, at: mark.offsetNanoseconds) }
            }
        }
        if outcome == .tooLarge { throw .tooLarge }
        guard outcome == .good else { return nil }
        if captured.latencyNanoseconds != nil {
            // What was announced came, and yet the coding was cut short.
            if let decoder, !decoder.finish() { return nil }
            collector.finish(at: captured.marks.last?.offsetNanoseconds ?? 0)
        }
        return collector
    }
}
#endif
