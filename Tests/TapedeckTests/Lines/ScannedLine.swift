import TapedeckJSON
import TapedeckTestSupport

@testable import Tapedeck

/// What the scanner says of a line, copied so that it outlives the scan.
enum ScannedLine: Equatable {
    struct Exchange: Equatable {
        var receivedNanoseconds: UInt128
        var latencyNanoseconds: UInt64?
        var `protocol`: [UInt8]
        var request: [UInt8]
        var response: [UInt8]?
        var extra: [UInt8]?
    }

    case exchange(Exchange)
    case blank
    case invalid(LineFault)

    /// Scans one line without its LF, or with it.
    init(_ line: some Collection<UInt8>, with search: Search, lineFeed: Bool = false) {
        let lines = Self.scan(Array(line) + (lineFeed ? [0x0A] : []), with: search)
        // No bytes at all hold no line; the scanner is asked nevertheless, as for an empty last line.
        self = lines.first ?? .blank
    }

    /// Scans every line of an archive.
    static func scan(_ bytes: [UInt8], with search: Search) -> [ScannedLine] {
        scan(bytes, search.implementation)
    }

    private static func scan<Bytes: ByteSearch>(_ bytes: [UInt8], _: Bytes.Type) -> [ScannedLine] {
        var scanner = ExchangeLineScanner<Bytes>()
        var result: [ScannedLine] = []
        let padded = bytes + [UInt8](repeating: 0, count: 64)
        padded.withUnsafeBufferPointer { buffer in
            guard var position = buffer.baseAddress else { return }
            let end = position + bytes.count
            while position < end {
                result.append(ScannedLine(scanner.scanLine(at: &position, to: end)))
            }
        }
        return result
    }

    private init<Bytes: ByteSearch>(_ outcome: ExchangeLineScanner<Bytes>.Outcome) {
        switch outcome {
        case .blank: self = .blank
        case .invalid(let fault): self = .invalid(fault)
        case .exchange(let line):
            self = .exchange(
                Exchange(
                    receivedNanoseconds: line.receivedNanoseconds,
                    latencyNanoseconds: line.latencyNanoseconds,
                    protocol: Array(line.protocol),
                    request: Array(line.request),
                    response: line.response.map { Array($0) },
                    extra: line.extra.map { Array($0) }
                )
            )
        }
    }

    var verdict: LineVector.Verdict {
        switch self {
        case .exchange: .accept
        case .blank: .blank
        case .invalid: .reject
        }
    }

    var exchange: Exchange? {
        if case .exchange(let exchange) = self { exchange } else { nil }
    }

    var fault: LineFault? {
        if case .invalid(let fault) = self { fault } else { nil }
    }
}
