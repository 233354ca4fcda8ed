import Tapedeck

/// An exchange of 6 kB with the texts of the plain C program, so that both write the same.
enum Sample {
    static func exchange(at nanosecond: UInt128) -> RecordedExchange {
        RecordedExchange(
            receivedNanoseconds: 1_718_000_000_000_000_000 + nanosecond,
            latencyNanoseconds: 123_456,
            protocol: "openai.chat",
            request: JSONText(string: String(repeating: "x", count: 2046)),
            response: JSONText(string: String(repeating: "x", count: 4094))
        )
    }
}
