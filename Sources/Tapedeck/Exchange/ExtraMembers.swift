public import TapedeckJSON

/// The members of a line beyond the five that the format names, in order, each kept byte for byte.
///
/// ```swift
/// var exchange = RecordedExchange.now(protocol: "openai.chat", request: body)
/// exchange.extra = ["host": "gpu-7", "attempt": 2]
/// ```
public struct ExtraMembers: Sendable, Hashable {
    /// The members as one JSON object. Only its grammar was checked, as the line format asks no more of them: it may
    /// hold what a payload may not, such as a lone surrogate escape.
    let json: JSONText

    /// Takes the text of a JSON object whose grammar was checked before. It is not looked at again: in a damaged store it may be
    /// anything, which must not trap.
    init(trusted object: JSONText) {
        json = object
    }

    /// Takes an object whose members may be any that a line may have, such as one that was made from another's.
    package init(object: JSONText) {
        precondition(object.kind == .object, "extra members are an object")
        json = object
    }

    /// Makes members from names and values, in order.
    ///
    /// - Parameter members: at least one; no name twice, and none of the five that the line format gives a meaning.
    ///   Anything else is wrong use and traps.
    public init(_ members: [(name: String, value: JSONText)]) {
        precondition(!members.isEmpty, "no members at all are nil, not an empty object")
        var names = Set(["recv_ts_ns", "latency_ns", "protocol", "request", "response"])
        for member in members {
            precondition(names.insert(member.name).inserted, "'\(member.name)' is taken")
        }
        json = JSONText(unlimitedObject: members)
    }

    /// The value of the member `name`; nil where there is none or where it breaks the rules of a payload.
    ///
    /// Of members with the same name the last counts.
    public subscript(name: String) -> JSONText? {
        json[name].flatMap { try? JSONText(utf8: $0.utf8) }
    }

    /// The members as the text of one JSON object.
    public var text: String { json.text }
}

extension ExtraMembers: ExpressibleByDictionaryLiteral {
    /// Makes members from a literal, in its order. See ``init(_:)`` for what is allowed.
    public init(dictionaryLiteral elements: (String, JSONText)...) {
        self.init(elements.map { (name: $0.0, value: $0.1) })
    }
}
