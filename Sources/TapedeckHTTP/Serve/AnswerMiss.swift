#if HTTP
internal import TapedeckJSON

/// Why there is no answer to a request.
enum AnswerMiss: Error, Hashable {
    /// Nothing says what traffic the path is for, and no exchange was sent there.
    case unknownPath
    /// No exchange that has a response is of this protocol.
    case noExchange(protocol: String)
    /// None of them has an equal request. What is told are places in which the nearest of the latest ones differs.
    case noEqualRequest(protocol: String?, differences: [String])
    /// The body, decoded, exceeds the limit.
    case tooLarge

    /// What is told to whom asks.
    var message: String {
        switch self {
        case .unknownPath:
            "no exchange was sent to this path, and no rule leads from it to a protocol"
        case .noExchange(let tag):
            "there is no exchange with a response for the protocol '\(tag)'"
        case .noEqualRequest(let tag, let differences):
            (tag.map { "no exchange for the protocol '\($0)' has an equal request" }
                ?? "no exchange has an equal request")
                + (differences.isEmpty
                    ? "" : "; the nearest differs at \(differences.joined(separator: ", "))")
        case .tooLarge:
            "the request's body is too large"
        }
    }

    /// The same for programs.
    var code: String {
        switch self {
        case .unknownPath: "unknown_path"
        case .noExchange: "no_exchange"
        case .noEqualRequest: "no_equal_request"
        case .tooLarge: "too_large"
        }
    }

    /// The response's body, in the form that clients of model servers expect of errors.
    var body: JSONText {
        var members = [
            (name: "message", value: JSONText(string: "tapedeck: \(message)")),
            (name: "type", value: JSONText(string: "replay_miss")),
            (name: "code", value: JSONText(string: code)),
        ]
        if case .noEqualRequest(_, let differences) = self {
            members.append(
                (name: "differs_at", value: JSONText(array: differences.map { JSONText(string: $0) }))
            )
        }
        return JSONText(object: [(name: "error", value: JSONText(object: members))])
    }
}
#endif
