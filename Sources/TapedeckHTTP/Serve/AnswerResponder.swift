#if HTTP
internal import HTTPTypes
internal import Hummingbird
internal import Logging
internal import NIOCore
internal import Tapedeck
internal import TapedeckJSON
internal import TapedeckReplay

/// Answers requests out of a store.
struct AnswerResponder: HTTPResponder {
    let answers: StoredAnswers
    let forwarder: MissForwarder?
    let tally: ServeTally
    let pace: AnswerPace
    let bodyLimit: Int
    let clock: any ReplayClock

    @concurrent
    func respond(to request: Request, context: BasicRequestContext) async throws -> Response {
        var response = try await answer(request, logger: context.logger)
        // The answer to HEAD is a head alone (RFC 9110, section 9.3.2).
        if request.method == .head { response.body = ResponseBody() }
        return response
    }

    private func answer(_ request: Request, logger: Logger) async throws -> Response {
        let start = clock.nanoseconds
        var body: ByteBuffer
        do {
            body = try await request.body.collect(upTo: bodyLimit)
        } catch is NIOTooManyBytesError {
            return miss(.tooLarge)
        }
        let found: Result<RecordedExchange, AnswerMiss>
        do {
            found = try find(request.head, body)
        } catch let error as TapedeckError {
            logger.error("the store cannot be read", metadata: ["error": "\(error.message)"])
            return Self.failure(error)
        }
        switch found {
        case .success(let exchange):
            guard let answer = StoredAnswer(exchange) else { return miss(.unknownPath) }
            tally.update { $0.answeredCount += 1 }
            return response(answer, since: start)
        case .failure(let reason):
            guard let forwarder, RequestRules.isPath(request.head.path ?? "") else { return miss(reason) }
            tally.update { statistics in
                statistics.missedCount += 1
                statistics.forwardedCount += 1
            }
            return await forwarder.forward(request.head, body)
        }
    }

    private func find(_ head: HTTPRequest, _ body: ByteBuffer) throws -> Result<RecordedExchange, AnswerMiss>
    {
        var bytes = Array(body.readableBytesView)
        let encoding = head.headerFields[.contentEncoding]
        if let encoding, !bytes.isEmpty, let decoder = ContentDecoder(encoding, limit: bodyLimit) {
            var decoded: [UInt8] = []
            let outcome = bytes.withUnsafeBytes { decoder.feed($0) { decoded.append(contentsOf: $0) } }
            if outcome == .tooLarge { return .failure(.tooLarge) }
            // A body that cannot be decoded is compared as it came, as a capture would have stored it.
            if outcome == .good, decoder.finish() { bytes = decoded }
        }
        let path = String((head.path ?? "").prefix { $0 != "?" })
        let text = BodyText.text(adopting: &bytes)
        return try answers.answer(to: .init(method: head.method.rawValue, path: path, body: text))
    }

    private func response(_ answer: StoredAnswer, since start: UInt64)
        -> Response
    {
        var headers: HTTPFields = [.contentType: answer.contentType]
        if let encoding = answer.contentEncoding { headers[.contentEncoding] = encoding }
        let body: ResponseBody =
            switch answer.body {
            case .whole(let bytes): ResponseBody(byteBuffer: ByteBuffer(bytes: bytes))
            case .stream(let stream): Self.body(stream, pace, clock, since: start)
            }
        return Response(status: .init(code: answer.status), headers: headers, body: body)
    }

    private static func body(
        _ stream: AnswerStream,
        _ pace: AnswerPace,
        _ clock: any ReplayClock,
        since start: UInt64
    ) -> ResponseBody {
        ResponseBody { writer in
            let due = pace.dueNanoseconds(stream.eventNanoseconds)
            for (index, piece) in stream.pieces().enumerated() {
                if index < due.count {
                    let (moment, isOverflow) = start.addingReportingOverflow(due[index])
                    try await clock.sleep(untilNanoseconds: isOverflow ? .max : moment)
                }
                try await writer.write(ByteBuffer(bytes: piece))
            }
            if let end = stream.end { try await writer.write(ByteBuffer(bytes: end)) }
            try await writer.finish(nil)
        }
    }

    private func miss(_ reason: AnswerMiss) -> Response {
        tally.update { $0.missedCount += 1 }
        return Self.json(reason.body, status: reason == .tooLarge ? .contentTooLarge : .notFound)
    }

    private static func failure(_ error: TapedeckError) -> Response {
        let members = [
            (name: "message", value: JSONText(string: "tapedeck: \(error.message)")),
            (name: "type", value: JSONText(string: "replay_error")),
            (name: "code", value: JSONText(string: error.code.description)),
        ]
        return json(
            JSONText(object: [(name: "error", value: JSONText(object: members))]),
            status: .internalServerError
        )
    }

    private static func json(_ body: JSONText, status: HTTPResponse.Status) -> Response {
        Response(
            status: status,
            headers: [.contentType: "application/json"],
            body: ResponseBody(byteBuffer: ByteBuffer(string: body.text))
        )
    }
}
#endif
