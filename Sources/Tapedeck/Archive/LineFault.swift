internal import TapedeckJSON

/// Why a line of an archive is no exchange. Says nothing of the line's content but the names of the five members.
struct LineFault: Error, Sendable, Hashable, CustomStringConvertible {
    enum Reason: Sendable, Hashable {
        case notAnObject
        case byteOrderMark
        case missing
        case duplicate
        case notUnsignedInteger
        case integerTooLarge
        case notString
        case trailingBytes
        case json(JSONScanFailure.Reason)
        /// The line ends where the JSON does not.
        case incomplete(JSONScanFailure.Reason)
    }

    var reason: Reason
    /// Which of the five members is at fault, where it is one.
    var member: ExchangeLineMember?
    /// The offending byte, counted from the start of the line.
    var offset: Int

    /// A clause without the position, such as "recv_ts_ns is missing".
    var description: String {
        let subject = member?.description ?? "the line"
        return switch reason {
        case .notAnObject: "the line is not a JSON object"
        case .byteOrderMark: "the line starts with a byte order mark"
        case .missing: "\(subject) is missing"
        case .duplicate: "\(subject) stands there twice"
        case .notUnsignedInteger: "\(subject) is not an unsigned integer"
        case .integerTooLarge: "\(subject) does not fit \(member == .latency ? 64 : 128) bits"
        case .notString: "\(subject) is not a string"
        case .trailingBytes: "the line goes on after its object"
        case .json(let reason): "\(subject) \(reason.predicate)"
        case .incomplete(let reason): "the line \(reason.predicateAtEnd)"
        }
    }
}
