#if HTTP
internal import NIOSSL
internal import Tapedeck

/// The certificates that a client trusts instead of the system's.
enum TrustedCertificates {
    /// Reads them.
    ///
    /// - Parameter path: a file in PEM.
    /// - Returns: the certificates.
    /// - Throws: ``HTTPCaptureError`` with the code `invalidCertificates`, which names the file.
    static func roots(in path: String) throws(HTTPCaptureError) -> NIOSSLTrustRoots {
        let bytes: [UInt8]
        do {
            bytes = try ConfigurationFile.read(path)
        } catch {
            throw invalid(error.message)
        }
        guard let certificates = try? NIOSSLCertificate.fromPEMBytes(bytes), !certificates.isEmpty else {
            throw invalid(
                "\(path): this is no file of certificates in PEM; each begins with -----BEGIN CERTIFICATE-----"
            )
        }
        return .certificates(certificates)
    }

    private static func invalid(_ reason: String) -> HTTPCaptureError {
        HTTPCaptureError(.invalidCertificates, "the certificates to trust cannot be read: \(reason)")
    }
}
#endif
