#if HTTP
internal import HummingbirdCore
internal import NIOCore

/// A request's body that tells a capture of each piece that the handler takes.
struct ObservedRequestBody: AsyncSequence, Sendable {
    let body: RequestBody
    let capture: SharedCapture

    struct AsyncIterator: AsyncIteratorProtocol {
        var base: RequestBody.AsyncIterator
        let capture: SharedCapture

        @concurrent
        mutating func next() async throws -> ByteBuffer? {
            let piece: ByteBuffer?
            do {
                piece = try await base.next()
            } catch {
                capture.abort(because: .clientLeft, error)
                throw error
            }
            if let piece { capture.requestBody(piece) } else { capture.requestEnd() }
            return piece
        }
    }

    func makeAsyncIterator() -> AsyncIterator {
        AsyncIterator(base: body.makeAsyncIterator(), capture: capture)
    }
}
#endif
