#if HTTP
internal import TapedeckJSON

/// The capture of one exchange that is under way, used by one event loop or one task at a time.
///
/// It is told what passes, and hands the exchange over when it is told that it ended. One that is let go before is
/// recorded as open.
public struct ExchangeCapture: ~Copyable, Sendable {
    private let capture: HTTPCapture
    /// Nil once it is handed over or given up.
    private var captured: CapturedExchange?
    /// What decides whether it belongs to the sample; nil once it is known that it does.
    private var requestHash: RequestHash?
    /// Why it was given up, while it is not known whether it belongs to the sample: only then anything is missing.
    private var loss: CaptureLoss?

    init(_ captured: consuming CapturedExchange, target: String, in capture: HTTPCapture) {
        self.capture = capture
        requestHash = capture.sample.isConstant ? nil : RequestHash(tag: captured.tag, target: target)
        let byteCount = CapturedExchange.overheadByteCount + captured.requestHeadByteCount + target.utf8.count
        self.captured = captured
        reserve(byteCount)
    }

    deinit {
        capture.finish(captured, loss: loss, hash: requestHash)
    }

    /// Takes a piece of the request's body.
    ///
    /// - Parameter bytes: the piece; it is copied.
    public mutating func requestBody(_ bytes: UnsafeRawBufferPointer) {
        requestHash?.combine(bytes)
        guard let held = captured?.requestBody.count, makeRoom(bytes.count, held: held) else { return }
        captured?.requestBody.appendBody(bytes)
        captured?.isRequestCut = true
    }

    /// Takes note that the request is whole, and decides whether it belongs to the sample.
    public mutating func requestEnd() {
        captured?.isRequestCut = false
        guard let hash = requestHash.take() else { return }
        if let loss = loss.take() {
            capture.count(loss, hash)
        } else if let captured, !capture.sample.takes(hash) {
            self.captured = nil
            capture.leaveOut(captured)
        }
    }

    /// Takes the response's head. One that is only informational does not count.
    ///
    /// - Parameters:
    ///   - status: its status code.
    ///   - headers: its headers.
    public mutating func responseHead(status: Int, headers: some CapturableHeaders) {
        guard captured != nil else { return }
        let type = headers.joinedValues(of: "content-type")
        let stored = capture.stored(headers)
        guard reserve((type?.utf8.count ?? 0) + CapturedExchange.byteCount(of: stored)) else { return }
        captured?.status = status
        captured?.contentType = type
        captured?.framing = BodyFraming(contentType: type)
        captured?.responseEncoding = HTTPCapture.encoding(headers)
        captured?.responseHeaders = stored
    }

    /// Takes a piece of the response's body.
    ///
    /// - Parameter bytes: the piece; it is copied.
    public mutating func responseBody(_ bytes: UnsafeRawBufferPointer) {
        guard let held = captured?.responseBody.count else { return }
        let isStream = captured?.framing != BodyFraming.none
        let markByteCount = isStream ? MemoryLayout<CapturedExchange.Mark>.stride : 0
        guard makeRoom(bytes.count, held: held, beside: markByteCount) else { return }
        captured?.responseBody.appendBody(bytes)
        if isStream {
            let offset = elapsedNanoseconds
            captured?.marks.append(.init(end: held + bytes.count, offsetNanoseconds: offset))
        }
    }

    /// Takes note that the response was sent in full, and hands the exchange over.
    public mutating func end() {
        let latency = elapsedNanoseconds
        captured?.latencyNanoseconds = latency
        handOver()
    }

    /// Hands the exchange over as open: the client went away, or the upstream failed or timed out.
    ///
    /// - Parameters:
    ///   - failure: why; nil where that is not known.
    ///   - proxyStatus: the status of the answer that the client got in place of the server's; nil where it got none.
    public mutating func abort(because failure: ExchangeFailure? = nil, proxyStatus: Int? = nil) {
        if let failure {
            let elapsed = elapsedNanoseconds
            captured?.failure = .init(cause: failure, offsetNanoseconds: elapsed, proxyStatus: proxyStatus)
        }
        handOver()
    }

    private mutating func handOver() {
        capture.finish(captured.take(), loss: loss.take(), hash: requestHash.take())
    }

    private var elapsedNanoseconds: UInt64 {
        capture.clock.uptimeNanoseconds() - (captured?.startUptimeNanoseconds ?? 0)
    }

    private mutating func makeRoom(_ count: Int, held: Int, beside: Int = 0) -> Bool {
        // An encoded body beyond the limit of a decoded one has no chance either.
        guard held + count <= capture.configuration.bodyLimitByteCount else {
            giveUp(.tooLarge)
            return false
        }
        return reserve(count + beside)
    }

    /// Takes bytes of the budget, or gives up.
    @discardableResult
    private mutating func reserve(_ count: Int) -> Bool {
        guard capture.budget.reserve(count) else {
            giveUp(.noRoom)
            return false
        }
        captured?.heldByteCount += count
        return true
    }

    private mutating func giveUp(_ loss: CaptureLoss) {
        guard let captured = captured.take() else { return }
        capture.budget.release(captured.heldByteCount)
        if requestHash == nil { capture.count(loss, nil) } else { self.loss = loss }
    }
}

extension [UInt8] {
    /// Appends a piece of a body. A body of one piece also gets the room that its text will need.
    fileprivate mutating func appendBody(_ bytes: UnsafeRawBufferPointer) {
        if isEmpty { reserveCapacity(bytes.count + JSONText.paddingByteCount) }
        append(contentsOf: bytes)
    }
}
#endif
