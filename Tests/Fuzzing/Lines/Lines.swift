import Driver
@testable import Tapedeck
@testable import TapedeckJSON

@main enum LinesProgram {
    static func main() {
        runFuzzer { start, size in start.map { fuzz($0, size) } ?? 0 }
    }
}

/// Any bytes as one line: both searches and the plain validator must come to the same verdict.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzz(_ start: UnsafePointer<UInt8>, _ count: Int) -> CInt {
    let line = UnsafeBufferPointer(start: start, count: count).prefix { $0 != 0x0A }
    let native = Finding(of: Array(line), NativeByteSearch.self)
    let portable = Finding(of: Array(line), PortableByteSearch.self)
    precondition(native == portable, "the searches differ: \(native) and \(portable)")
    precondition((0...line.count).contains(native.faultOffset ?? 0), "a fault outside the line")
    let expected = LineValidator.verdict(on: Array(line))
    precondition(native.verdict == expected, "\(native), where the validator says \(expected)")
    return 0
}

/// What one search finds in a line.
private struct Finding: Equatable {
    var verdict: LineValidator.Verdict
    var fault: String?
    var faultOffset: Int?
    var texts: [[UInt8]] = []
    var numbers: [UInt128?] = []

    init<Search: ByteSearch>(of line: [UInt8], _: Search.Type) {
        var scanner = ExchangeLineScanner<Search>()
        // An allocation of just the length that the scanner may read, so that the sanitizer sees one byte more.
        let bytes = line + [UInt8](repeating: 0, count: 64)
        self = bytes.withUnsafeBufferPointer { buffer -> Finding in
            guard var position = buffer.baseAddress else { return Finding(verdict: .blank) }
            switch scanner.scanLine(at: &position, to: position + line.count) {
            case .blank:
                return Finding(verdict: .blank)
            case .invalid(let fault):
                return Finding(verdict: .reject, fault: "\(fault)", faultOffset: fault.offset)
            case .exchange(let slices):
                let texts = [slices.protocol, slices.request, slices.response, slices.extra]
                return Finding(
                    verdict: .accept,
                    texts: texts.map { $0.map { Array($0) } ?? [] },
                    numbers: [slices.receivedNanoseconds, slices.latencyNanoseconds.map { UInt128($0) }]
                )
            }
        }
    }

    private init(
        verdict: LineValidator.Verdict,
        fault: String? = nil,
        faultOffset: Int? = nil,
        texts: [[UInt8]] = [],
        numbers: [UInt128?] = []
    ) {
        self.verdict = verdict
        self.fault = fault
        self.faultOffset = faultOffset
        self.texts = texts
        self.numbers = numbers
    }
}
