import Tapedeck

/// Makes exchanges for measurements: the same for the same seed, with the sizes of real traffic or small ones.
struct ArchiveMaker {
    enum Kind: String, CaseIterable {
        /// About 6 kB: prompts of several turns, and one embedding in five.
        case realistic
        /// About 300 bytes.
        case small
    }

    private static let words = [
        "the", "model", "answers", "question", "about", "harbors", "ships", "weather", "while", "people",
        "wait",
        "für", "très", "日本語", "3.5", "code(x)", "\"quotes\"", "line\nfeed",
    ]
    static let start: UInt128 = 1_718_000_000_000_000_000
    static let day: UInt128 = 86_400_000_000_000

    private var state: UInt64 = 1

    /// SplitMix64 (Steele, Lea and Flood, 2014).
    private mutating func random(_ bound: Int) -> Int {
        state &+= 0x9E37_79B9_7F4A_7C15
        var bits = state
        bits = (bits ^ (bits >> 30)) &* 0xBF58_476D_1CE4_E5B9
        bits = (bits ^ (bits >> 27)) &* 0x94D0_49BB_1331_11EB
        return Int((bits ^ (bits >> 31)) % UInt64(bound))
    }

    private mutating func text(_ count: Int) -> JSONText {
        JSONText(string: (0..<count).map { _ in Self.words[random(Self.words.count)] }.joined(separator: " "))
    }

    private mutating func chat(_ wordCount: Int) -> (request: JSONText, response: JSONText) {
        let message = JSONText(object: [
            (name: "role", value: "user"), (name: "content", value: text(wordCount)),
        ])
        let reply = JSONText(object: [
            (name: "role", value: "assistant"), (name: "content", value: text(wordCount)),
        ])
        return (
            JSONText(object: [
                (name: "model", value: "harbor-1"), (name: "messages", value: JSONText(array: [message])),
            ]),
            JSONText(object: [
                (
                    name: "choices",
                    value: JSONText(array: [JSONText(object: [(name: "message", value: reply)])])
                ),
                (
                    name: "usage",
                    value: JSONText(object: [(name: "total", value: JSONText(integer: wordCount))])
                ),
            ])
        )
    }

    private mutating func embedding() throws -> (request: JSONText, response: JSONText) {
        let numbers = (0..<512).map { _ in "-0.0\(random(90_000_000) + 10_000_000)" }
        return (
            JSONText(object: [(name: "input", value: text(20))]),
            try JSONText(validating: "[{\"embedding\":[\(numbers.joined(separator: ","))],\"index\":0}]")
        )
    }

    /// Exchanges in order of arrival over one day.
    mutating func exchanges(_ count: Int, _ kind: Kind) throws -> [RecordedExchange] {
        let tags = [
            "openai.chat", "openai.chat", "openai.completions", "anthropic.messages", "openai.embedding",
        ]
        return try (0..<count).map { index in
            let tag = tags[random(tags.count)]
            let payloads =
                switch kind {
                case .small: chat(12)
                case .realistic: tag == "openai.embedding" ? try embedding() : chat(40 + random(600))
                }
            return RecordedExchange(
                receivedNanoseconds: Self.start + Self.day * UInt128(index) / UInt128(count),
                latencyNanoseconds: UInt64(random(2_000_000_000)),
                protocol: tag,
                request: payloads.request,
                response: payloads.response
            )
        }
    }
}
