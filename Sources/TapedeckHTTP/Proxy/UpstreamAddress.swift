#if HTTP
/// The server that a proxy stands in front of.
///
/// ```swift
/// let upstream = try UpstreamAddress("http://127.0.0.1:8000")
/// ```
public struct UpstreamAddress: Sendable, Hashable {
    /// Whether the connection is encrypted.
    public let isSecure: Bool
    /// The host's name or address, an IPv6 address without brackets.
    public let host: String
    /// The port.
    public let port: Int
    /// What is put before each request's path: empty, or a path that does not end in a slash.
    public let pathPrefix: String
    /// The host and the port as they stand in the header `Host`, the port only where it is not the scheme's own.
    let authority: String

    /// Reads a URL.
    ///
    /// - Parameter url: `http://` or `https://`, a host, perhaps a port, perhaps a path.
    /// - Throws: ``HTTPCaptureError`` with the code `invalidAddress`.
    public init(_ url: String) throws(HTTPCaptureError) {
        let problem = HTTPCaptureError(
            .invalidAddress,
            "the address must be a URL such as http://127.0.0.1:8000 or https://api.example.com"
        )
        let lowered = url.lowercased()
        let rest: Substring
        if lowered.hasPrefix("http://") {
            (isSecure, rest) = (false, url.dropFirst(7))
        } else if lowered.hasPrefix("https://") {
            (isSecure, rest) = (true, url.dropFirst(8))
        } else {
            throw problem
        }
        let place = rest.prefix { $0 != "/" }
        var path = rest[place.endIndex...]
        while path.hasSuffix("/") { path = path.dropLast() }
        guard !place.contains("@"), !path.contains("?"), !path.contains("#"),
            url.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F }), let socket = SocketPlace(place)
        else { throw problem }
        host = socket.host
        let usual = isSecure ? 443 : 80
        port = socket.port ?? usual
        guard port > 0 else { throw problem }
        pathPrefix = String(path)
        let name = host.contains(":") ? "[\(host)]" : host
        authority = port == usual ? name : "\(name):\(port)"
    }

    /// Whether the host is an address rather than a name.
    var isNumeric: Bool {
        host.contains(":") || host.utf8.allSatisfy { $0 == 0x2E || (0x30...0x39).contains($0) }
    }
}
#endif
