import Driver
import Tapedeck

@main enum FiltersProgram {
    static func main() {
        runFuzzer { start, size in start.map { fuzz($0, size) } ?? 0 }
    }
}

/// A condition `POINTER=JSON` and, after a line feed, a body: what the condition finds must be what a lookup finds, in
/// memory and in an archive.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzz(_ start: UnsafePointer<UInt8>, _ count: Int) -> CInt {
    let bytes = UnsafeBufferPointer(start: start, count: count)
    let parts = bytes.split(separator: 0x0A, maxSplits: 1, omittingEmptySubsequences: false)
    let sides = parts[0].split(separator: UInt8(ascii: "="), maxSplits: 1, omittingEmptySubsequences: false)
    guard parts.count == 2, sides.count == 2, let text = String(validating: sides[0], as: UTF8.self),
        let pointer = try? JSONPointer(text), let value = try? JSONText(utf8: sides[1]),
        let body = try? JSONText(utf8: parts[1])
    else { return 0 }
    let exchange = RecordedExchange(
        receivedNanoseconds: 1,
        latencyNanoseconds: 2,
        protocol: "p",
        request: body,
        response: body
    )
    let condition = PointerCondition(pointer: pointer, value: value)
    let found = condition.matches(exchange)
    if let first = pointer.tokens.first, first == "request" || first == "response" {
        let rest = JSONPointer(tokens: Array(pointer.tokens.dropFirst()))
        let expected = body[rest].map { $0.isEquivalent(to: value) && value.isEquivalent(to: $0) } ?? false
        precondition(found == expected, "a condition and a lookup differ")
    }
    var filter = ExchangeFilter()
    filter.conditions = [condition]
    precondition(filter.matches(exchange) == found, "a filter and its only condition differ")
    return 0
}
