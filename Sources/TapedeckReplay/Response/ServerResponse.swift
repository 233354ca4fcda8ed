public import TapedeckJSON

/// What a server answered to a request, or what kept it from answering.
///
/// It is the same for a response from the store and for one that was just received, so that the two can be compared.
public struct ServerResponse: Sendable, Hashable {
    /// How a response's body is divided into events.
    public enum Framing: String, Sendable, Hashable {
        /// It is one piece.
        case none
        /// Server-sent events.
        case sse
        /// One JSON value a line.
        case ndjson
    }

    /// What kept a server from answering in full.
    public enum Failure: String, Sendable, Hashable, CaseIterable {
        /// No connection could be made.
        case refused
        /// The answer, or its next part, did not come in time.
        case timedOut = "timed_out"
        /// The connection ended in the middle of the answer.
        case cut
        /// The answer was no HTTP, or larger than may be.
        case invalid
    }

    /// The status of the response; nil where none is known, as in archives of other programs.
    public var status: Int?
    /// The body; for a stream the array of its events' data. Nil where none came; of a response that was cut, what came.
    public var body: JSONText?
    /// How the body was divided into events.
    public var framing: Framing
    /// The events' names, one for each, nil for none; empty where no event has one.
    public var eventNames: [String?]
    /// When each event was received, in nanoseconds from the sending of the request; empty where that is not known.
    public var eventNanoseconds: [UInt64]
    /// Whether a stream said that it is done (`[DONE]`); nil where that is not known.
    public var isDone: Bool?
    /// What kept it from being whole; nil for a whole response.
    public var failure: Failure?

    /// Makes a response.
    ///
    /// - Parameters:
    ///   - status: the status, 100 to 599; nil where none is known.
    ///   - body: the body; for a stream the array of its events' data.
    ///   - framing: how the body was divided into events.
    ///   - eventNames: the events' names; empty where no event has one.
    ///   - eventNanoseconds: when each event was received, in nanoseconds from the sending of the request.
    ///   - isDone: whether a stream said that it is done; nil where that is not known.
    ///   - failure: what kept it from being whole; nil for a whole response.
    public init(
        status: Int? = nil,
        body: JSONText? = nil,
        framing: Framing = .none,
        eventNames: [String?] = [],
        eventNanoseconds: [UInt64] = [],
        isDone: Bool? = nil,
        failure: Failure? = nil
    ) {
        self.status = status
        self.body = body
        self.framing = framing
        self.eventNames = eventNames
        self.eventNanoseconds = eventNanoseconds
        self.isDone = isDone
        self.failure = failure
    }

    /// Whether there was no whole answer, or one that is an error: by a status of 400 or more, or, where no status is known,
    /// by a member `error`, in which the APIs of all well-known servers tell of one. Some set it to null in a success.
    public var isError: Bool {
        if failure != nil { return true }
        guard let status else { return (body?["error"]).map { $0.kind != .null } ?? false }
        return status >= 400
    }
}
