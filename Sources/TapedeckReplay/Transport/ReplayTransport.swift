/// Sends requests to one server.
///
/// `TapedeckHTTP` has one over HTTP; a test gives its own.
public protocol ReplayTransport: Sendable {
    /// Sends a request and waits for the whole answer.
    ///
    /// It never fails: that a server refuses, errs or stays silent is a result.
    ///
    /// - Parameter request: what to send.
    /// - Returns: the answer and how long it took.
    func send(_ request: ReplayRequest) async -> TransportResult
}

/// What became of a request.
public struct TransportResult: Sendable, Hashable {
    /// The answer.
    public var response: ServerResponse
    /// From the sending until the answer was whole or had failed, in nanoseconds.
    public var latencyNanoseconds: UInt64

    /// Makes a result.
    ///
    /// - Parameters:
    ///   - response: the answer.
    ///   - latencyNanoseconds: from the sending until the answer was whole or had failed, in nanoseconds.
    public init(response: ServerResponse, latencyNanoseconds: UInt64) {
        self.response = response
        self.latencyNanoseconds = latencyNanoseconds
    }
}
