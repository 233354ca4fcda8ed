internal import TapedeckJSON

/// Puts the events of one form of stream together.
protocol StreamFold {
    /// Begins, if this event is one of the form. It is added like all others afterwards.
    init?(_ event: StreamEventMembers)

    /// Takes an event.
    /// - Returns: false where it does not belong to the form.
    mutating func add(_ event: JSONText) -> Bool

    /// What was put together.
    var result: MergedValue { get }

    /// Whether the stream has its end.
    var isEnded: Bool { get }

    /// Whether a stream of the form also ends with `[DONE]`.
    var saysDone: Bool { get }
}

/// An event's members, found once; of members with the same name the last counts.
struct StreamEventMembers {
    private var members: [String: JSONText] = [:]

    init(_ event: JSONText) {
        for (name, value) in event.members { members[name] = value }
    }

    subscript(name: String) -> JSONText? { members[name] }

    var type: String? { members["type"]?.string }
}
