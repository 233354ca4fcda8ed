/// A request as it is sent to a server.
public struct ReplayRequest: Sendable, Hashable {
    /// A header's name and value.
    public struct Header: Sendable, Hashable {
        /// The name.
        public var name: String
        /// The value.
        public var value: String

        /// Makes a header.
        ///
        /// - Parameters:
        ///   - name: the name, a token of RFC 9110.
        ///   - value: the value, without control characters. What breaks either rule is wrong use and traps.
        public init(_ name: String, _ value: String) {
            precondition(HeaderRules.isName(name) && HeaderRules.isValue(value), "no valid header")
            self.name = name
            self.value = value
        }

        /// Makes a header; nil where the name or the value has characters that none may have.
        ///
        /// - Parameters:
        ///   - name: the name.
        ///   - value: the value.
        public init?(checking name: String, _ value: String) {
            guard HeaderRules.isName(name), HeaderRules.isValue(value) else { return nil }
            self.init(name, value)
        }
    }

    /// The method, such as `POST`.
    public var method: String
    /// The path, with a query if there is one, as the request line has it. It begins with exactly one slash.
    public var path: String
    /// What to send beside the headers that a transport adds by itself: the host, and the length of the body.
    public var headers: [Header]
    /// The body, empty for none.
    public var body: [UInt8]

    /// Makes a request.
    ///
    /// - Parameters:
    ///   - method: the method.
    ///   - path: the path and query, which must begin with one slash: anything else traps.
    ///   - headers: the headers.
    ///   - body: the body, empty for none.
    public init(method: String = "POST", path: String, headers: [Header] = [], body: [UInt8] = []) {
        precondition(RequestPath.isValid(path), "a path begins with one slash and has no white space")
        self.method = method
        self.path = path
        self.headers = headers
        self.body = body
    }
}
