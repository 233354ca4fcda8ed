import Tapedeck

/// Makes exchanges that have a bit of everything, the same ones for the same seed.
struct ExchangeMaker {
    /// SplitMix64: small, and the same on every machine.
    struct Generator: RandomNumberGenerator {
        var state: UInt64

        mutating func next() -> UInt64 {
            state &+= 0x9E37_79B9_7F4A_7C15
            var value = state
            value = (value ^ (value >> 30)) &* 0xBF58_476D_1CE4_E5B9
            value = (value ^ (value >> 27)) &* 0x94D0_49BB_1331_11EB
            return value ^ (value >> 31)
        }
    }

    static let protocols = [
        "openai.chat", "openai.embedding", "openai.chat.é", "kserve.infer", "a\u{0}b", "",
    ]
    /// Times around every border at which they are stored another way, each often, so that there are ties.
    static let times: [UInt128] = [
        0, 1, 1_718_000_000_000_000_000, 1_718_000_000_000_000_001, (1 << 63) - 1, 1 << 63, 1 << 64, .max - 1,
        .max,
    ]
    static let latencies: [UInt64] = [0, 1, 123_456_789, (1 << 63) - 1, 1 << 63, .max]

    var generator: Generator

    init(seed: UInt64) {
        generator = Generator(state: seed)
    }

    mutating func exchange() -> RecordedExchange {
        let isOpen = Bool.random(using: &generator) && Bool.random(using: &generator)
        let hasLatency = isOpen ? Int.random(in: 0..<8, using: &generator) == 0 : true
        return RecordedExchange(
            receivedNanoseconds: pick(Self.times),
            latencyNanoseconds: hasLatency ? pick(Self.latencies) : nil,
            protocol: pick(Self.protocols),
            request: ["model": pick(["m-1", "m-2"]), "n": pick([1, 1.5, 20]), "pad": padding()],
            response: isOpen ? nil : ["choices": [["text": padding()]]],
            extra: Int.random(in: 0..<8, using: &generator) == 0 ? ["host": pick(["gpu-1", "gpu-2"])] : nil
        )
    }

    mutating func exchanges(_ count: Int) -> [RecordedExchange] {
        (0..<count).map { _ in exchange() }
    }

    mutating func pick<Element>(_ elements: [Element]) -> Element {
        elements[Int.random(in: elements.indices, using: &generator)]
    }

    private mutating func padding() -> JSONText {
        // Now and then so long that a row spills to pages of its own.
        let length =
            Int.random(in: 0..<40, using: &generator) == 0
            ? 40_000 : Int.random(in: 0..<60, using: &generator)
        return JSONText(string: String(repeating: "x", count: length))
    }
}

extension CaptureStore {
    /// Appends exchanges and waits until they are stored.
    func append(_ exchanges: [RecordedExchange]) throws {
        let writer = try RecordingWriter(store: self)
        for exchange in exchanges { try writer.write(exchange) }
        try writer.flush()
    }

    /// Reads whatever the filter lets through.
    func read(_ filter: ExchangeFilter = ExchangeFilter()) throws -> [RecordedExchange] {
        try ReplayReader(store: self, filter: filter).all()
    }
}

extension ReplayReader {
    func all() throws -> [RecordedExchange] {
        var exchanges: [RecordedExchange] = []
        while let exchange = try next() { exchanges.append(exchange) }
        return exchanges
    }
}
