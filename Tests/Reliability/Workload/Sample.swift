import Tapedeck

/// Exchanges whose content follows from their index, so that a reader knows what must be there.
enum Sample {
    /// The exchange at an index from 0.
    static func exchange(_ index: Int) throws -> RecordedExchange {
        RecordedExchange(
            receivedNanoseconds: 1_718_000_000_000_000_000 + UInt128(index),
            latencyNanoseconds: UInt64(index),
            protocol: "openai.chat",
            request: try JSONText(validating: "{\"index\":\(index)}"),
            response: JSONText(string: filler(index))
        )
    }

    /// From nothing to some pages of SQLite.
    private static func filler(_ index: Int) -> String {
        let word = "\(index &* 2_654_435_761 % 1_000_003) "
        return String(repeating: word, count: index % 97 == 0 ? 6000 : index * 31 % 200)
    }

    /// The index of an exchange; nil when its content is not what that index has.
    static func index(of exchange: RecordedExchange) throws -> Int? {
        let index = Int(truncatingIfNeeded: exchange.receivedNanoseconds) - 1_718_000_000_000_000_000
        guard index >= 0 else { return nil }
        return try exchange == Sample.exchange(index) ? index : nil
    }
}
