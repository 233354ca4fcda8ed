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
    private let target: String
    /// Whether it is known to belong to the sample.
    private var isSampled: Bool

    init(_ captured: consuming CapturedExchange, target: String, in capture: HTTPCapture) {
        self.capture = capture
        self.captured = captured
        self.target = target
        isSampled = capture.sample.isConstant
    }

    deinit {
        if let captured { capture.finish(captured, target: target, isSampled: isSampled) }
    }

    /// Takes a piece of the request's body.
    ///
    /// - Parameter bytes: the piece; it is copied.
    public mutating func requestBody(_ bytes: UnsafeRawBufferPointer) {
        guard let held = captured?.requestBody.count, makeRoom(bytes.count, held: held) else { return }
        captured?.requestBody.appendBody(bytes)
        captured?.isRequestCut = true
    }

    /// Takes note that the request is whole, and decides whether it belongs to the sample.
    public mutating func requestEnd() {
        captured?.isRequestCut = false
        guard !isSampled, let captured else { return }
        isSampled = capture.sample.takes(tag: captured.tag, target: target, body: captured.requestBody)
        if !isSampled { giveUp(counting: capture.counts.notSampled) }
    }

    /// Takes the response's head. One that is only informational does not count.
    ///
    /// - Parameters:
    ///   - status: its status code.
    ///   - headers: its headers.
    public mutating func responseHead(status: Int, headers: some CapturableHeaders) {
        guard captured != nil else { return }
        let type = headers.joinedValues(of: "content-type")
        captured?.status = status
        captured?.contentType = type
        captured?.framing = BodyFraming(contentType: type)
        captured?.responseEncoding = HTTPCapture.encoding(headers)
        captured?.responseHeaders = capture.stored(headers)
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
        abort()
    }

    /// Hands the exchange over as open: the client went away, or the upstream failed or timed out.
    public mutating func abort() {
        if let captured = captured.take() {
            capture.finish(captured, target: target, isSampled: isSampled)
        }
    }

    private var elapsedNanoseconds: UInt64 {
        capture.clock.uptimeNanoseconds() - (captured?.startUptimeNanoseconds ?? 0)
    }

    private mutating func makeRoom(_ count: Int, held: Int, beside: Int = 0) -> Bool {
        // An encoded body beyond the limit of a decoded one has no chance either.
        guard held + count <= capture.configuration.bodyLimitByteCount else {
            giveUp(counting: capture.counts.tooLarge)
            return false
        }
        guard capture.budget.reserve(count + beside) else {
            giveUp(counting: capture.counts.noRoom)
            return false
        }
        return true
    }

    private mutating func giveUp(counting count: CaptureCount) {
        if let captured = captured.take() { capture.budget.release(captured.byteCount) }
        count.increment()
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
