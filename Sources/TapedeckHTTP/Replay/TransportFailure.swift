#if HTTP
internal import AsyncHTTPClient
internal import NIOCore
internal import NIOHTTP1
internal import NIOPosix
internal import NIOSSL
internal import TapedeckReplay

/// Tells what a failure of the client says about the server.
enum TransportFailure {
    static func failure(_ error: any Error) -> ServerResponse.Failure {
        switch error {
        case let error as HTTPClientError:
            switch error {
            case .readTimeout, .deadlineExceeded, .writeTimeout: .timedOut
            case .connectTimeout, .getConnectionFromPoolTimeout, .tlsHandshakeTimeout: .refused
            case .remoteConnectionClosed, .cancelled: .cut
            default: .invalid
            }
        case is NIOConnectionError, is NIOSSLError, is BoringSSLError: .refused
        case HTTPParserError.invalidEOFState: .cut
        case is HTTPParserError: .invalid
        case let error as IOError: error.errnoCode == ECONNREFUSED ? .refused : .cut
        default: .cut
        }
    }
}
#endif
