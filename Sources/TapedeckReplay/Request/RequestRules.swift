public import TapedeckJSON

/// How requests are made of recorded exchanges.
public struct RequestRules: Sendable {
    /// Another value at a place of every request.
    public struct Change: Sendable, Hashable {
        /// The place, from the request's own body on.
        public var pointer: JSONPointer
        /// What to put there.
        public var value: JSONText

        /// Makes a change.
        ///
        /// - Parameters:
        ///   - pointer: the place; the last member of it need not exist.
        ///   - value: what to put there.
        public init(pointer: JSONPointer, value: JSONText) {
            self.pointer = pointer
            self.value = value
        }
    }

    /// Paths by protocol tag; each begins with exactly one slash. They come before the path of a capture.
    public var paths: [String: String] = [:]
    /// Headers for every request; they take the place of stored ones.
    public var headers: [ReplayRequest.Header] = []
    /// What to change in every request.
    public var changes: [Change] = []

    /// Makes rules that send everything as it was stored.
    public init() {}

    /// Whether it may be the path of a request: one slash at its beginning, then visible ASCII without `#` and `\`.
    ///
    /// - Parameter path: the path, perhaps with a query.
    /// - Returns: whether it may.
    public static func isPath(_ path: String) -> Bool {
        RequestPath.isValid(path)
    }
}
