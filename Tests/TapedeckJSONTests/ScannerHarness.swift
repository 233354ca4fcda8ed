import TapedeckTestSupport

@testable import TapedeckJSON

extension Search {
    /// Scans one value with white space about it.
    /// - Returns: Nil if it is valid, else what is wrong and at which byte.
    func scan(_ bytes: [UInt8], rules: Rules) -> Fault? {
        Self.scan(bytes, implementation, rules)
    }

    enum Rules: CaseIterable { case payload, text, grammar }

    struct Fault: Equatable {
        var reason: JSONScanFailure.Reason
        var offset: Int
    }

    /// The text lies between other bytes, so that reading before it or walking past it would show.
    private static func scan<Bytes: ByteSearch>(_ bytes: [UInt8], _: Bytes.Type, _ rules: Rules) -> Fault? {
        let padded = [0x22] + bytes + [0] + [UInt8](repeating: 0x22, count: 63)
        return padded.withUnsafeBufferPointer { buffer -> Fault? in
            guard let base = buffer.baseAddress else { return nil }
            return scan(at: base + 1, count: bytes.count, Bytes.self, rules)
        }
    }

    /// The same for a text that lies somewhere, with what must follow it.
    static func scan<Bytes: ByteSearch>(
        at start: UnsafePointer<UInt8>,
        count: Int,
        _: Bytes.Type,
        _ rules: Rules
    ) -> Fault? {
        var scanner = JSONScanner<Bytes>(rules: rules.own())
        func fault(_ failure: JSONScanFailure?) -> Fault? {
            failure.map { Fault(reason: $0.reason, offset: $0.position - start) }
        }
        guard let end = scanner.skipValue(scanner.skipWhiteSpace(start)) else {
            return fault(scanner.failure)
        }
        let rest = scanner.skipWhiteSpace(end)
        return rest == start + count ? nil : fault(JSONScanFailure(.trailingBytes, at: rest))
    }
}

extension Search.Rules {
    func own<Bytes>() -> JSONScanner<Bytes>.Rules {
        switch self {
        case .payload: .payload
        case .text: .text
        case .grammar: .grammar
        }
    }
}

/// Random numbers that are the same in every run.
struct SeededGenerator: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) {
        state = seed
    }

    // SplitMix64.
    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}
