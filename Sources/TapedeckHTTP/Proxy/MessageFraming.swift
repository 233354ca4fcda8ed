#if HTTP
internal import NIOCore
internal import NIOHTTP1

/// How a message's body is delimited on the wire.
enum MessageFraming: Equatable {
    /// There is none.
    case none
    case contentLength
    case chunked
    /// It goes on until the connection ends.
    case untilClose

    /// The framing of a request's body, kept as the client chose it.
    ///
    /// - Returns: nil for one that must not be passed on, as servers differ in how they read it (RFC 9112, 6.1).
    init?(request headers: HTTPHeaders) {
        let hasLength = headers.contains(name: "content-length")
        let codings = headers[canonicalForm: "transfer-encoding"]
        switch codings.count {
        case 0: self = hasLength ? .contentLength : .none
        case 1 where !hasLength && codings[0].lowercased() == "chunked": self = .chunked
        default: return nil
        }
    }

    /// The framing of a response's body towards a client, kept as the upstream chose it where the client allows it.
    init(response head: HTTPResponseHead, toHead isHead: Bool, clientVersion: HTTPVersion) {
        if isHead || !head.status.mayHaveResponseBody {
            self = .none
        } else if head.headers.contains(name: "transfer-encoding")
            || !head.headers.contains(name: "content-length")
        {
            self = clientVersion.isBefore1_1 ? .untilClose : .chunked
        } else {
            self = .contentLength
        }
    }
}

extension HTTPVersion {
    /// Whether it is HTTP/1.0, the only version before 1.1 that is spoken here.
    var isBefore1_1: Bool { self == .http1_0 }
}

extension ByteBuffer {
    /// Writes a piece of a body.
    mutating func writeBody(_ piece: ByteBuffer, _ framing: MessageFraming) {
        guard piece.readableBytes > 0 else { return }
        guard framing == .chunked else {
            writeImmutableBuffer(piece)
            return
        }
        writeChunkStart(piece.readableBytes)
        writeImmutableBuffer(piece)
        writeStaticString("\r\n")
    }

    /// Writes the line before a chunk (RFC 9112, 7.1).
    mutating func writeChunkStart(_ byteCount: Int) {
        writeString(String(byteCount, radix: 16))
        writeStaticString("\r\n")
    }

    /// Writes the end of a body.
    mutating func writeBodyEnd(_ framing: MessageFraming, trailers: HTTPHeaders?) {
        guard framing == .chunked else { return }
        writeStaticString("0\r\n")
        if let trailers {
            let passing = ForwardedHeaders(trailers)
            for (name, value) in trailers where passing.passes(name) { writeHeader(name, value) }
        }
        writeStaticString("\r\n")
    }

    mutating func writeHeader(_ name: String, _ value: String) {
        writeString(name)
        writeStaticString(": ")
        writeString(value)
        writeStaticString("\r\n")
    }
}
#endif
