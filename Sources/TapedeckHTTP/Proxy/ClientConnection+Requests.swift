#if HTTP
internal import NIOCore
internal import NIOHTTP1

extension ClientConnection {
    /// Begins the exchange of a request whose head has come.
    func begin(_ head: HTTPRequestHead) {
        if let problem = Self.problem(with: head) { return refuse(problem) }
        exchange = Exchange(
            head: head,
            capture: loop.capture.begin(
                method: head.method.rawValue,
                target: RequestTarget.forwarded(head.uri, prefix: loop.pathPrefix),
                alias: loop.pathPrefix.isEmpty ? nil : String(RequestTarget.originForm(head.uri)),
                headers: head.headers
            ),
            // The decoder reads nothing after a request that asks for another protocol.
            isKeptAlive: head.isKeepAlive && !loop.isStopping && !head.headers.contains(name: "upgrade")
        )
        if let upstream = loop.pool.take() { attach(upstream) } else { connect() }
    }

    /// Answers a request that is not passed on, and ends the connection, as what follows is not known to be a request.
    func refuse(_ response: FailureResponse) {
        outgoing.withBytes { bytes in
            bytes.writeResponse(response.head, .contentLength, connection: "close")
            bytes.writeString(response.body)
        }
        finish(isClientSending: true)
    }

    /// Tells the client about a failure if it has got no response yet, and otherwise cuts its connection.
    func fail(_ response: FailureResponse, because error: (any Error)? = nil) {
        let isWithinResponse = exchange?.responseFraming != nil
        if let failure = response.failure {
            loop.log.tell(failure, isWithinResponse: isWithinResponse, because: error)
        }
        guard !isWithinResponse else { return cut(because: response.failure) }
        takeRequestThatWaits()
        let isRequestWhole = exchange?.isRequestWhole == true
        let isKeptAlive = exchange?.isKeptAlive == true && isRequestWhole
        let hasBody = exchange?.head.method != .HEAD
        exchange?.capture?.abort(because: response.failure, proxyStatus: Int(response.status.code))
        exchange = nil
        outgoing.withBytes { bytes in
            let framing = hasBody ? MessageFraming.contentLength : .none
            bytes.writeResponse(response.head, framing, connection: isKeptAlive ? nil : "close")
            if hasBody { bytes.writeString(response.body) }
        }
        guard isKeptAlive else { return finish(isClientSending: !isRequestWhole) }
        flush()
        work()
        readMore()
    }

    /// Takes what is there of a request that nobody will get, so that the next one can follow.
    private func takeRequestThatWaits() {
        while exchange?.isRequestWhole == false, let part = waiting.popFirst() {
            switch part {
            case .head:
                break
            case .body(let piece):
                piece.withUnsafeReadableBytes { exchange?.capture?.requestBody($0) }
            case .end:
                exchange?.isRequestWhole = true
                exchange?.capture?.requestEnd()
            }
        }
    }

    private func connect() {
        loop.pool.connect().assumeIsolated().whenComplete { [self] result in
            switch result {
            case .success(let bound):
                let upstream = bound.value
                // The client may have gone, or its time may have run out.
                guard exchange != nil, exchange?.upstream == nil, !isEnding else { return upstream.close() }
                attach(upstream)
                work()
                exchange?.upstream?.flush()
                readMore()
            case .failure(let error):
                guard exchange != nil, exchange?.upstream == nil, !isEnding else { return }
                let isTimeout = if case .connectTimeout = error as? ChannelError { true } else { false }
                let response = isTimeout ? FailureResponse.connectTimedOut : .unreachable
                fail(response, because: error)
            }
        }
    }

    private func attach(_ upstream: UpstreamConnection) {
        guard let head = exchange?.head else { return }
        exchange?.upstream = upstream
        upstream.begin(self)
        upstream.write(.head(head))
    }

    /// Repeats a request that met the end of a connection that had served before, as the two may have crossed.
    ///
    /// Only what has no body and may be done twice is repeated, and only once (RFC 9110, 9.2.2).
    ///
    /// - Returns: whether it is repeated.
    func repeatRequest() -> Bool {
        guard exchange?.isRepeated == false, exchange?.isRequestWhole == true,
            exchange?.responseFraming == nil,
            let head = exchange?.head, MessageFraming(request: head.headers) == MessageFraming.none,
            [.GET, .HEAD, .OPTIONS, .PUT, .DELETE, .TRACE].contains(head.method)
        else { return false }
        exchange?.isRepeated = true
        // Its end comes once more, and is to be taken out again whatever becomes of the connection.
        exchange?.isRequestWhole = false
        waiting.prepend(.end(nil))
        connect()
        return true
    }

    private static func problem(with head: HTTPRequestHead) -> FailureResponse? {
        if head.method == .CONNECT { return .noTunnels }
        guard MessageFraming(request: head.headers) != nil else { return .ambiguousLength }
        let hostCount = head.headers[canonicalForm: "host"].count
        if hostCount > 1 || (hostCount == 0 && !head.version.isBefore1_1) { return .noHost }
        return nil
    }
}
#endif
