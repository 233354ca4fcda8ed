public import Tapedeck

extension ServerResponse {
    /// Takes the response of a recorded exchange; nil for an open one.
    ///
    /// Where the exchange has an extra member `http` of the form that a capture writes, it tells the status and how the
    /// response was divided; elsewhere neither is known.
    ///
    /// - Parameter exchange: the exchange.
    public init?(recorded exchange: RecordedExchange) {
        guard let response = exchange.response else { return nil }
        self.init(body: response)
        guard let http = exchange.capturedHTTP else { return }
        status = http.status
        framing = http.framing
        eventNames = http.eventNames
        eventNanoseconds = http.eventNanoseconds
        isDone = http.isDone
    }
}
