import CTapedeckChecksum
import Testing

@testable import Tapedeck

@Suite struct RowChecksumTests {
    /// RFC 3720, appendix B.4.
    private static let standard: [(bytes: [UInt8], checksum: UInt32)] = [
        ([UInt8](repeating: 0, count: 32), 0x8A91_36AA),
        ([UInt8](repeating: 0xFF, count: 32), 0x62A8_AB43),
        ([UInt8](0..<32), 0x46DD_794E),
        ([UInt8]((0..<32).reversed()), 0x113F_DB5C),
        (Array("123456789".utf8), 0xE306_9283),
        ([], 0),
    ]

    @Test(arguments: standard)
    func `Both ways give the checksums of the standard`(bytes: [UInt8], checksum: UInt32) {
        #expect(tapedeck_crc32c(0, bytes, bytes.count) == checksum)
        #expect(tapedeck_crc32c_portable(0, bytes, bytes.count) == checksum)
    }

    @Test func `Both ways agree on any bytes, in one piece and in two`() {
        var generator = ExchangeMaker.Generator(state: 5)
        // Around the lengths too at which three lanes are summed side by side.
        for count in Array(0..<300) + [767, 768, 769, 1535, 1536, 2400, 5000] {
            let bytes = (0..<count).map { _ in UInt8.random(in: .min ... .max, using: &generator) }
            let whole = tapedeck_crc32c(0, bytes, count)
            #expect(whole == tapedeck_crc32c_portable(0, bytes, count))
            let half = Int.random(in: 0...count, using: &generator)
            let first = tapedeck_crc32c(0, bytes, half)
            #expect(whole == tapedeck_crc32c(first, Array(bytes[half...]), count - half))
        }
    }

    @Test func `Whatever belongs to the content changes the checksum`() throws {
        let exchange = RecordedExchange(
            receivedNanoseconds: 5,
            latencyNanoseconds: 6,
            protocol: "p",
            request: [1],
            response: [2],
            extra: ["host": "a"]
        )
        var variants = [exchange]
        func add(_ change: (inout RecordedExchange) -> Void) {
            var variant = exchange
            change(&variant)
            variants.append(variant)
        }
        add { $0.receivedNanoseconds = 5 + 1 << 64 }
        add { $0.latencyNanoseconds = nil }
        add { $0.latencyNanoseconds = 0 }
        add { $0.protocol = "q" }
        add { $0.request = [3] }
        add { $0.response = nil }
        add { $0.extra = nil }
        // The same bytes in a row, parted otherwise.
        add { ($0.request, $0.response) = (12, 3) }
        add { ($0.request, $0.response) = (1, 23) }
        let checksums = variants.map { $0.withSlices { RowChecksum.of($0) } }
        #expect(Set(checksums).count == variants.count)
    }
}
