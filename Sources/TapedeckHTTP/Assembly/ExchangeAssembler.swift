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
    /// - Parameter captured: what went over the wire.
    /// - Returns: the exchange, open when the response was never sent in full.
    /// - Throws: ``Refusal``.
    func assemble(_ captured: consuming CapturedExchange) throws(Refusal) -> RecordedExchange {
        var captured = captured
        var http = HTTPMember(captured)
        var body: [UInt8] = []
        swap(&body, &captured.requestBody)
        let request = try decoded(body, captured.requestEncoding)
        if !request.isDecoded { http.requestEncoding = captured.requestEncoding }
        let requestText = BodyText.text(of: request.bytes)

        var response: JSONText?
        if captured.framing == .none {
            if captured.latencyNanoseconds != nil {
                swap(&body, &captured.responseBody)
                let decoded = try decoded(body, captured.responseEncoding)
                if !decoded.isDecoded { http.responseEncoding = captured.responseEncoding }
                response = BodyText.text(of: decoded.bytes)
            }
        } else if let stream = try collect(captured) {
            http.take(stream)
            let elements = EventArray.text(stream.events)
            if captured.latencyNanoseconds != nil { response = elements } else { http.openEvents = elements }
        } else {
            // Events cannot be found in what cannot be decoded.
            http.responseEncoding = captured.responseEncoding
            http.framing = .none
            if captured.latencyNanoseconds != nil { response = BodyText.text(of: captured.responseBody) }
        }
        return RecordedExchange(
            receivedNanoseconds: captured.receivedNanoseconds,
            latencyNanoseconds: captured.latencyNanoseconds,
            protocol: captured.tag,
            request: requestText,
            response: response,
            extra: ["http": http.text]
        )
    }

    /// A body without its content coding, or as it is when that is unknown or broken.
    private func decoded(
        _ body: [UInt8],
        _ encoding: String?
    ) throws(Refusal) -> (bytes: [UInt8], isDecoded: Bool) {
        guard let encoding, !body.isEmpty else { return (body, true) }
        guard let decoder = ContentDecoder(encoding, limit: bodyLimitByteCount) else { return (body, false) }
        var bytes: [UInt8] = []
        let outcome = body.withUnsafeBytes { decoder.feed($0) { bytes.append(contentsOf: $0) } }
        if outcome == .tooLarge { throw .tooLarge }
        return outcome == .good && decoder.finish() ? (bytes, true) : (body, false)
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
            collector.finish(at: captured.marks.last?.offsetNanoseconds ?? 0)
        }
        return collector
    }
}
#endif
