#if HTTP
internal import NIOCore
internal import NIOHTTP1

extension ByteBuffer {
    /// Writes the head of a request as it goes to the upstream.
    ///
    /// - Parameters:
    ///   - head: the head as it came.
    ///   - target: its target as the upstream gets it.
    ///   - framing: how its body is delimited.
    ///   - upstream: where it goes: its authority becomes the host.
    mutating func writeRequest(
        _ head: HTTPRequestHead,
        target: String,
        _ framing: MessageFraming,
        to upstream: UpstreamAddress
    ) {
        writeString(head.method.rawValue)
        writeStaticString(" ")
        writeString(target)
        writeStaticString(" HTTP/1.1\r\n")
        writeHeader("Host", upstream.authority)
        let passing = ForwardedHeaders(head.headers)
        for (name, value) in head.headers where passing.passes(name) {
            if ForwardedHeaders.matches(name.utf8, "host") { continue }
            writeHeader(name, value)
        }
        writeFraming(framing, head.headers)
        writeStaticString("\r\n")
    }

    /// Writes the head of a response as it goes to the client.
    ///
    /// - Parameters:
    ///   - head: the head as it came.
    ///   - framing: how its body is delimited.
    ///   - connection: the header `Connection`, where one is needed.
    mutating func writeResponse(
        _ head: HTTPResponseHead,
        _ framing: MessageFraming,
        connection: StaticString?
    ) {
        writeStaticString("HTTP/1.1 ")
        writeString(String(head.status.code))
        writeStaticString(" ")
        writeString(head.status.reasonPhrase)
        writeStaticString("\r\n")
        let passing = ForwardedHeaders(head.headers)
        for (name, value) in head.headers where passing.passes(name) { writeHeader(name, value) }
        if framing == .none, head.status.code >= 200 {
            // The response to HEAD, and 304, say how long the body would be.
            if head.status != .noContent, let length = head.headers.first(name: "content-length") {
                writeHeader("Content-Length", length)
            }
        } else {
            writeFraming(framing, head.headers)
        }
        if let connection {
            writeStaticString("Connection: ")
            writeStaticString(connection)
            writeStaticString("\r\n")
        }
        writeStaticString("\r\n")
    }

    private mutating func writeFraming(_ framing: MessageFraming, _ headers: HTTPHeaders) {
        switch framing {
        case .contentLength:
            if let length = headers.first(name: "content-length") { writeHeader("Content-Length", length) }
        case .chunked:
            writeStaticString("Transfer-Encoding: chunked\r\n")
        case .none, .untilClose:
            break
        }
    }
}
#endif
