internal import TapedeckJSON

/// What the column `http` of a result says of a stream: the members of a capture's `http` that concern it.
enum StreamColumn {
    /// The column's text; nil for a response in one piece, which needs none.
    static func text(of response: ServerResponse) -> JSONText? {
        guard response.framing != .none else { return nil }
        var members: [(name: String, value: JSONText)] = [
            ("framing", JSONText(string: response.framing.rawValue))
        ]
        if !response.eventNames.isEmpty {
            let names = response.eventNames.map { $0.map { JSONText(string: $0) } ?? .null }
            members.append(("event_names", JSONText(array: names)))
        }
        members.append(
            ("event_ns", JSONText(array: response.eventNanoseconds.map { JSONText(integer: $0) }))
        )
        if let isDone = response.isDone { members.append(("done", isDone ? true : false)) }
        return JSONText(object: members)
    }

    /// Puts what a column's text says into a response.
    static func read(_ text: JSONText, into response: inout ServerResponse) {
        guard let http = CapturedHTTP(text) else { return }
        response.framing = http.framing
        response.eventNames = http.eventNames
        response.eventNanoseconds = http.eventNanoseconds
        response.isDone = http.isDone
    }
}
