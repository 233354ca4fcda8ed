#if HTTP
internal import NIOCore
internal import NIOEmbedded
internal import NIOHTTP1
internal import NIOHTTPCompression

/// Takes the content coding gzip or deflate off a body, piece by piece, and stops at a limit.
///
/// SwiftNIO offers its decompression as a channel's handler alone, so that there is a channel here that leads nowhere.
final class ContentDecoder {
    enum Outcome {
        case good
        /// The decoded body exceeds the limit.
        case tooLarge
        /// What came does not follow the coding.
        case broken
    }

    private let channel: EmbeddedChannel
    private let limit: Int
    private var decodedByteCount = 0

    /// - Parameters:
    ///   - encoding: the value of the header `Content-Encoding`; nil results when it is neither gzip nor deflate.
    ///   - limit: the largest decoded body, in bytes.
    init?(_ encoding: String, limit: Int) {
        let encoding = encoding.lowercased()
        guard encoding == "gzip" || encoding == "x-gzip" || encoding == "deflate" else { return nil }
        self.limit = limit
        channel = EmbeddedChannel(handler: NIOHTTPResponseDecompressor(limit: .size(limit)))
        let coding = encoding == "deflate" ? "deflate" : "gzip"
        let head = HTTPResponseHead(version: .http1_1, status: .ok, headers: ["content-encoding": coding])
        _ = try? channel.writeInbound(HTTPClientResponsePart.head(head))
        _ = try? channel.readInbound(as: HTTPClientResponsePart.self)
    }

    deinit {
        _ = try? channel.finish(acceptAlreadyClosed: true)
    }

    /// Takes a piece, and calls `body` with what it decodes to.
    func feed(_ bytes: UnsafeRawBufferPointer, _ body: (UnsafeRawBufferPointer) -> Void) -> Outcome {
        do {
            try channel.writeInbound(HTTPClientResponsePart.body(ByteBuffer(bytes: bytes)))
            while case .body(let part)? = try channel.readInbound(as: HTTPClientResponsePart.self) {
                decodedByteCount += part.readableBytes
                if decodedByteCount > limit { return .tooLarge }
                part.withUnsafeReadableBytes(body)
            }
            return .good
        } catch NIOHTTPDecompression.DecompressionError.limit {
            return .tooLarge
        } catch {
            return .broken
        }
    }

    /// Whether the body was whole.
    func finish() -> Bool {
        (try? channel.writeInbound(HTTPClientResponsePart.end(nil))) != nil
    }
}
#endif
