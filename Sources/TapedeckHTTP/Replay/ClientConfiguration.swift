#if HTTP
internal import AsyncHTTPClient
internal import NIOCore
internal import NIOSSL

/// How a client talks to one server whose answers are to be seen as they are: HTTP/1.1, no redirection followed, nothing
/// decompressed, and no connection tried again.
enum ClientConfiguration {
    /// - Parameters:
    ///   - address: the server.
    ///   - connectTimeoutNanoseconds: how long to wait for a connection.
    ///   - timeoutNanoseconds: how long to wait for the next part of an answer, or until one of the request is taken.
    ///   - connectionCount: how many connections there may be at once. Whoever finds none free waits for one.
    ///   - trustedCertificatesPath: a file of certificates (PEM) to trust instead of the system's.
    /// - Returns: the configuration.
    /// - Throws: ``HTTPCaptureError`` with the code `invalidCertificates`.
    static func make(
        _ address: UpstreamAddress,
        connectTimeoutNanoseconds: UInt64,
        timeoutNanoseconds: UInt64,
        connectionCount: Int,
        trustedCertificatesPath: String?
    ) throws(HTTPCaptureError) -> HTTPClient.Configuration {
        var configuration = HTTPClient.Configuration(
            redirectConfiguration: .disallow,
            timeout: .init(
                connect: .nanoseconds(Int64(clamping: connectTimeoutNanoseconds)),
                read: .nanoseconds(Int64(clamping: timeoutNanoseconds)),
                write: .nanoseconds(Int64(clamping: timeoutNanoseconds))
            ),
            decompression: .disabled
        )
        configuration.httpVersion = .http1Only
        configuration.connectionPool.retryConnectionEstablishment = false
        configuration.connectionPool.concurrentHTTP1ConnectionsPerHostSoftLimit = connectionCount
        // Many servers close a connection after five idle seconds. One that was given up before is never found closed.
        configuration.connectionPool.idleTimeout = .seconds(3)
        if address.isSecure {
            var security = TLSConfiguration.makeClientConfiguration()
            if let trustedCertificatesPath {
                security.trustRoots = try TrustedCertificates.roots(in: trustedCertificatesPath)
            }
            configuration.tlsConfiguration = security
        }
        return configuration
    }
}
#endif
