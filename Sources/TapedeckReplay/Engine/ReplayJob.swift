internal import Tapedeck

/// An exchange that is to be sent.
struct ReplayJob: Sendable {
    var loop: Int
    var exchangeID: Int64
    var requestDigest: UInt64
    var `protocol`: String
    var request: ReplayRequest
    /// When it is due, in nanoseconds from the start of the sending; nil for at once.
    var dueNanoseconds: UInt64?
    /// The lanes that have a result already.
    var storedLanes: Set<Lane>
}
