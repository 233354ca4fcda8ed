#if HTTP
internal import NIOCore
internal import Synchronization

/// A capture whose request and response are observed by different tasks.
final class SharedCapture: Sendable {
    private let capture: Mutex<ExchangeCapture?>

    init(_ capture: consuming ExchangeCapture) {
        self.capture = Mutex(capture)
    }

    func requestBody(_ piece: ByteBuffer) {
        piece.withUnsafeReadableBytes { bytes in capture.withLock { $0?.requestBody(bytes) } }
    }

    func requestEnd() {
        capture.withLock { $0?.requestEnd() }
    }

    func responseHead(status: Int, headers: some CapturableHeaders) {
        capture.withLock { $0?.responseHead(status: status, headers: headers) }
    }

    func responseBody(_ piece: ByteBuffer) {
        piece.withUnsafeReadableBytes { bytes in capture.withLock { $0?.responseBody(bytes) } }
    }

    func end() {
        capture.withLock { $0?.end() }
    }

    func abort(because failure: ExchangeFailure, _ error: any Error) {
        // A task is cancelled for many reasons.
        let known = error is CancellationError ? nil : failure
        capture.withLock { $0?.abort(because: known) }
    }
}
#endif
