#if HTTP
internal import NIOCore
internal import NIOHTTP1

/// What the upstream's connection calls.
extension ClientConnection {
    func upstreamHead(_ head: HTTPResponseHead) {
        guard let request = exchange?.head else { return }
        if head.status.code < 200 {
            // Clients of HTTP/1.0 do not know such heads.
            guard !request.version.isBefore1_1 else { return }
            outgoing.withBytes { $0.writeResponse(head, .none, connection: nil) }
            return
        }
        let framing = MessageFraming(
            response: head,
            toHead: request.method == .HEAD,
            clientVersion: request.version
        )
        if framing == .untilClose { exchange?.isKeptAlive = false }
        exchange?.responseFraming = framing
        loop.log.tellAnswer()
        exchange?.capture?.responseHead(status: Int(head.status.code), headers: head.headers)
        outgoing.withBytes { $0.writeResponse(head, framing, connection: connectionHeader(request)) }
    }

    func upstreamBody(_ piece: ByteBuffer) {
        guard let framing = exchange?.responseFraming, let context else { return }
        piece.withUnsafeReadableBytes { exchange?.capture?.responseBody($0) }
        outgoing.append(piece, framing) { context.write(wrapOutboundOut($0), promise: nil) }
    }

    func upstreamEnd(_ trailers: HTTPHeaders?) {
        guard let framing = exchange?.responseFraming else { return }
        outgoing.withBytes { $0.writeBodyEnd(framing, trailers: trailers) }
        flush()
        lastActivity = .now()
        exchange?.capture?.end()
        let isKeptAlive = exchange?.isKeptAlive == true
        let isRequestWhole = exchange?.isRequestWhole == true
        let upstream = exchange?.upstream
        exchange = nil
        upstream?.end(isWhole: isRequestWhole)
        // A request that was answered before it was whole leaves its rest on both connections.
        guard isKeptAlive, isRequestWhole else { return finish(isClientSending: !isRequestWhole) }
        work()
        if exchange != nil { exchange?.upstream?.flush() }
        readMore()
    }

    /// Passes on what came in one read, and lets the upstream be read again once the client takes it.
    func upstreamReadComplete(_ upstream: UpstreamConnection) {
        flush()
        guard exchange?.upstream === upstream else { return }
        if context?.channel.isWritable == true { upstream.read() } else { exchange?.isUpstreamHeld = true }
    }

    func upstreamIsWritable() {
        readMore()
    }

    /// Takes note that the exchange cannot go on with this connection.
    func upstreamFailed(
        _ upstream: UpstreamConnection,
        with response: FailureResponse,
        because error: (any Error)?
    ) {
        guard exchange?.upstream === upstream else { return }
        exchange?.upstream = nil
        if upstream.isReused, !upstream.hasResponse, repeatRequest() { return }
        fail(response, because: error)
    }

    /// Ends what has been silent for too long.
    func checkSilence(now: NIODeadline) {
        let limit = loop.options.clientTimeout
        if isEnding {
            if now - lastActivity >= limit { cut(because: .clientTimeout) }
        } else if exchange == nil {
            if now - lastActivity >= limit { finish() }
        } else if let upstream = exchange?.upstream {
            if waitsForUpstream(upstream) {
                guard now - upstream.lastActivity >= loop.options.upstreamTimeout else { return }
                exchange?.upstream = nil
                upstream.close()
                fail(.timedOut)
            } else if now - max(lastActivity, upstream.lastActivity) >= limit {
                // A response may come while the request is not whole: what the upstream sends is a sign of life, too.
                cut(because: .clientTimeout)
            }
        }
    }

    /// Whether it is the upstream's turn: to answer a whole request, or to take what there is of one. Otherwise it is the
    /// client's: to send the rest of its request, or to take what there is of the response.
    private func waitsForUpstream(_ upstream: UpstreamConnection) -> Bool {
        if exchange?.isUpstreamHeld == true { return false }
        return exchange?.isRequestWhole == true || !upstream.isWritable
    }

    private func connectionHeader(_ request: HTTPRequestHead) -> StaticString? {
        guard exchange?.isKeptAlive == true else { return "close" }
        // Clients of HTTP/1.0 that ask for it must be told that they get it.
        return request.version.isBefore1_1 ? "keep-alive" : nil
    }
}
#endif
