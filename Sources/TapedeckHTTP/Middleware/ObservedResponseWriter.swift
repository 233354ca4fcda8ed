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
        do {
            try await base?.write(buffer)
        } catch {
            // Whatever the handler makes of that, it is not the handler that failed.
            capture.abort(because: .clientLeft, error)
            throw error
        }
        capture.responseBody(buffer)
    }

    @concurrent
    consuming func finish(_ trailingHeaders: HTTPFields?) async throws {
        do {
            try await base?.finish(trailingHeaders)
        } catch {
            capture.abort(because: .clientLeft, error)
            throw error
        }
        capture.end()
    }
}
#endif
