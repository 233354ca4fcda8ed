#if HTTP
/// Where a proxy listens, read from text.
public struct ListeningAddress: Sendable, Hashable {
    /// The host's name or address.
    public let host: String
    /// The port; 0 lets the system choose.
    public let port: Int

    /// Reads `HOST:PORT`, an IPv6 address in brackets.
    ///
    /// - Parameter text: the text; for any other the result is nil.
    public init?(_ text: String) {
        guard let place = SocketPlace(text), let port = place.port else { return nil }
        host = place.host
        self.port = port
    }
}
#endif
