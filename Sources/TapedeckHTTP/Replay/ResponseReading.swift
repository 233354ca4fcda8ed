#if HTTP
internal import NIOCore
internal import NIOHTTP1
internal import TapedeckReplay

/// Makes of a response's parts what a capture would store of them.
struct ResponseReading {
    private let bodyLimit: Int
    private var response = ServerResponse()
    private var body: [UInt8] = []
    private var byteCount = 0
    private var hasBody = false
    private var collector: EventCollector?
    private var decoder: ContentDecoder?
    /// Whether the body's content coding is one that cannot be taken off.
    private var isEncoded = false

    init(bodyLimit: Int) {
        self.bodyLimit = bodyLimit
    }

    mutating func begin(status: Int, headers: HTTPHeaders) {
        response.status = status
        if let encoding = headers.first(name: "content-encoding"), encoding.lowercased() != "identity" {
            decoder = ContentDecoder(encoding, limit: bodyLimit)
            isEncoded = decoder == nil
        }
        let framing = BodyFraming(contentType: headers.first(name: "content-type"))
        // Events cannot be found in what cannot be decoded.
        guard !isEncoded, let collector = EventCollector(framing) else { return }
        self.collector = collector
        response.framing = ServerResponse.Framing(rawValue: framing.rawValue) ?? .none
    }

    /// Takes a part of the body.
    ///
    /// - Parameters:
    ///   - part: the part.
    ///   - offset: when it came, in nanoseconds from the sending.
    /// - Returns: whether the rest is wanted.
    mutating func take(_ part: ByteBuffer, at offset: UInt64) -> Bool {
        hasBody = hasBody || part.readableBytes > 0
        return part.withUnsafeReadableBytes { bytes in
            guard let decoder else { return keep(bytes, at: offset) }
            var isWanted = true
            let outcome = decoder.feed(bytes) { isWanted = keep($0, at: offset) && isWanted }
            if outcome != .good { response.failure = .invalid }
            return isWanted && outcome == .good
        }
    }

    private mutating func keep(_ bytes: UnsafeRawBufferPointer, at offset: UInt64) -> Bool {
        byteCount += bytes.count
        guard byteCount <= bodyLimit else {
            response.failure = .invalid
            return false
        }
        if collector != nil {
            collector?.feed(bytes, at: offset)
        } else {
            body.append(contentsOf: bytes)
        }
        return true
    }

    mutating func fail(_ failure: ServerResponse.Failure) {
        response.failure = response.failure ?? failure
    }

    /// The response as it is when its end has come, or it failed.
    ///
    /// - Parameter offset: when that was, in nanoseconds from the sending.
    /// - Returns: the response.
    mutating func response(at offset: UInt64) -> ServerResponse {
        guard response.status != nil else { return response }
        if response.failure == nil, hasBody, let decoder, !decoder.finish() { response.failure = .cut }
        guard var collector else {
            // What came of a body that was cut is no JSON, and is kept as bytes all the same.
            if response.failure == nil || !body.isEmpty { response.body = BodyText.text(adopting: &body) }
            return response
        }
        if response.failure == nil { collector.finish(at: offset) }
        response.body = EventArray.text(collector.events)
        response.eventNanoseconds = collector.events.map(\.offsetNanoseconds)
        if collector.events.contains(where: { $0.name != nil }) {
            response.eventNames = collector.events.map(\.name)
        }
        response.isDone = collector.hasDone
        return response
    }
}
#endif
