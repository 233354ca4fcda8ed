#if HTTP
internal import HTTPTypes
internal import HummingbirdCore
internal import NIOCore

/// Writes a response's body and tells a capture of each piece that was written.
struct ObservedResponseWriter: ResponseBodyWriter {
    /// Nil where nothing is sent but only observed.
    var base: (any ResponseBodyWriter)?
    let capture: SharedCapture

    @concurrent
    mutating func write(_ buffer: ByteBuffer) async throws {
        try await base?.write(buffer)
        capture.responseBody(buffer)
    }

    @concurrent
    consuming func finish(_ trailingHeaders: HTTPFields?) async throws {
        try await base?.finish(trailingHeaders)
        capture.end()
    }
}
#endif
