/// What became of one exchange in one lane of a run.
public struct ReplayResult: Sendable, Hashable {
    /// The build that answered.
    public var lane: Lane
    /// How many times the store was replayed before, from 0.
    public var loop: Int
    /// The exchange's id in the store.
    public var exchangeID: Int64
    /// A hash of the stored request, so that another store is not taken for this one.
    public var requestDigest: UInt64
    /// The exchange's protocol tag.
    public var `protocol`: String
    /// When it was to be sent, in nanoseconds from the start of the sending.
    public var dueNanoseconds: UInt64
    /// When it was sent, likewise.
    public var sentNanoseconds: UInt64
    /// From the sending until the answer was whole or had failed, in nanoseconds.
    public var latencyNanoseconds: UInt64
    /// The answer.
    public var response: ServerResponse

    /// How much later than planned it was sent, in nanoseconds.
    public var lagNanoseconds: UInt64 {
        sentNanoseconds > dueNanoseconds ? sentNanoseconds - dueNanoseconds : 0
    }
    /// From when it was to be sent until the answer was whole or had failed, in nanoseconds: what a client that came at
    /// that time would have waited.
    public var latencyFromDueNanoseconds: UInt64 { lagNanoseconds + latencyNanoseconds }
}
