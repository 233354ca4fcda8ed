public import TapedeckJSON
public struct RuleUsage: Sendable {
    init() {}; mutating func merge(_ other: RuleUsage) {}; public var findings: [String] { [] }
}
public struct ResponseDifference: Sendable {
    public var path: String; public var pointer: JSONPointer; public var expected: JSONText?;
    public var actual: JSONText?
}
public struct ComparedResponse: Sendable {
    public var differences: [ResponseDifference]; public var usage: RuleUsage
}
public struct ResponseComparison: Sendable {
    public init() {}
    public func compare(protocol: String, expected: ServerResponse, actual: ServerResponse)
        -> ComparedResponse
    {
        var list: [ResponseDifference] = []
        if expected.status != actual.status, expected.status != nil {
            list.append(
                ResponseDifference(
                    path: "status",
                    pointer: JSONPointer(tokens: []),
                    expected: expected.status.map { JSONText(integer: $0) },
                    actual: actual.status.map { JSONText(integer: $0) }
                )
            )
        }
        if let e = expected.body, let a = actual.body, !e.isEquivalent(to: a) {
            list.append(
                ResponseDifference(path: "", pointer: JSONPointer(tokens: []), expected: e, actual: a)
            )
        }
        return ComparedResponse(differences: list, usage: RuleUsage())
    }
}
