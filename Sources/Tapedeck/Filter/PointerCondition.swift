public import TapedeckJSON

/// Something that an exchange must say: the value that a JSON Pointer leads to in its line.
///
/// The pointer begins with a member of the line: `/request/model`, `/response/usage/total_tokens`, `/protocol`, or one of
/// the members beyond the five. Numbers compare as numbers, to the last digit; of duplicate names the last counts.
public struct PointerCondition: Sendable, Hashable {
    /// Where to look.
    public let pointer: JSONPointer
    /// What must be there.
    public let value: JSONText

    /// Makes a condition.
    ///
    /// - Parameters:
    ///   - pointer: where to look, from the line's own object on.
    ///   - value: what must be there.
    public init(pointer: JSONPointer, value: JSONText) {
        self.pointer = pointer
        self.value = value
    }

    /// Whether the exchange says so.
    ///
    /// - Complexity: linear in the length of the texts on the way to the value.
    public func matches(_ exchange: RecordedExchange) -> Bool {
        guard let member = pointer.tokens.first else { return false }
        let rest = JSONPointer(tokens: Array(pointer.tokens.dropFirst()))
        guard let found = Self.member(member, of: exchange)?[rest] else { return false }
        return found.isEquivalent(to: value)
    }

    private static func member(_ name: String, of exchange: RecordedExchange) -> JSONText? {
        switch name {
        case "request": exchange.request
        case "response": exchange.response ?? .null
        case "protocol": JSONText(string: exchange.protocol)
        case "recv_ts_ns": JSONText(integer: exchange.receivedNanoseconds)
        case "latency_ns": exchange.latencyNanoseconds.map { JSONText(integer: $0) } ?? .null
        default: exchange.extra?.json[name]
        }
    }
}
