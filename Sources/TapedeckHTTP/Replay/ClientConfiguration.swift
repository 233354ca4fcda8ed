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
    ///   - timeoutNanoseconds: how long to wait for the next part of an answer.
    ///   - trustedCertificatesPath: a file of certificates (PEM) to trust instead of the system's.
    /// - Returns: the configuration.
    /// - Throws: ``HTTPCaptureError`` with the code `invalidCertificates`.
    static func make(
        _ address: UpstreamAddress,
        connectTimeoutNanoseconds: UInt64,
        timeoutNanoseconds: UInt64,
        trustedCertificatesPath: String?
    ) throws(HTTPCaptureError) -> HTTPClient.Configuration {
        var configuration = HTTPClient.Configuration(
            redirectConfiguration: .disallow,
            timeout: .init(
                connect: .nanoseconds(Int64(clamping: connectTimeoutNanoseconds)),
                read: .nanoseconds(Int64(clamping: timeoutNanoseconds))
            ),
            decompression: .disabled
        )
        configuration.httpVersion = .http1Only
        configuration.connectionPool.retryConnectionEstablishment = false
        if address.isSecure {
            configuration.tlsConfiguration = try security(trustedCertificatesPath)
        }
        return configuration
    }

    private static func security(_ path: String?) throws(HTTPCaptureError) -> TLSConfiguration {
        var configuration = TLSConfiguration.makeClientConfiguration()
        guard let path else { return configuration }
        do {
            configuration.trustRoots = .certificates(try NIOSSLCertificate.fromPEMFile(path))
            return configuration
        } catch {
            throw HTTPCaptureError(.invalidCertificates, "the certificates to trust cannot be read: \(error)")
        }
    }
}
#endif
