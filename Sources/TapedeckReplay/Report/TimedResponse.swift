internal import Tapedeck

/// An answer and how long it took, as far as that is known.
struct TimedResponse {
    var response: ServerResponse
    var latencyNanoseconds: UInt64?

    init(_ result: ReplayResult) {
        response = result.response
        latencyNanoseconds = result.latencyNanoseconds
    }

    init?(recorded exchange: RecordedExchange) {
        guard let response = ServerResponse(recorded: exchange) else { return nil }
        self.response = response
        latencyNanoseconds = exchange.latencyNanoseconds
    }

    /// From the sending to the first event of a stream, in nanoseconds.
    var firstEventNanoseconds: UInt64? { response.eventNanoseconds.first }

    /// The median time between two events of a stream, in nanoseconds; nil with less than two.
    var eventGapNanoseconds: UInt64? {
        let times = response.eventNanoseconds
        guard times.count > 1 else { return nil }
        let gaps = zip(times.dropFirst(), times).map { $0 > $1 ? $0 - $1 : 0 }.sorted()
        return gaps[gaps.count / 2]
    }
}
