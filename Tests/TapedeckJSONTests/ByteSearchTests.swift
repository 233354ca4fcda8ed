import Testing

@testable import TapedeckJSON

@Suite struct ByteSearchTests {
    @Test func `Every byte is classed the same by both searches and by itself`() {
        for byte in UInt8.min...UInt8.max {
            for offset in 0..<40 {
                var bytes = [UInt8](repeating: 0x61, count: 160)
                bytes[offset] = byte
                bytes[100] = 0
                #expect(
                    first(bytes, NativeByteSearch.firstSpecial)
                        == first(bytes, PortableByteSearch.firstSpecial)
                )
                let isSpecial = byte < 0x20 || byte >= 0x80 || byte == 0x22 || byte == 0x5C
                #expect(first(bytes, NativeByteSearch.firstSpecial) == (isSpecial ? offset : 100))

                var digits = [UInt8](repeating: 0x35, count: 160)
                digits[offset] = byte
                digits[100] = 0
                #expect(
                    first(digits, NativeByteSearch.firstNonDigit)
                        == first(digits, PortableByteSearch.firstNonDigit)
                )
                #expect(
                    first(digits, NativeByteSearch.firstNonDigit)
                        == ((0x30...0x39).contains(byte) ? 100 : offset)
                )
            }
        }
    }

    @Test func `Blocks of random bytes are classed as a loop classes them`() {
        var generator = SeededGenerator(seed: 7)
        for round in 0..<2_000 {
            let alphabet = round.isMultiple(of: 2) ? Array("0123456789,.-eE ]".utf8) : Array(0...255)
            let bytes = (0..<64).map { _ in alphabet.randomElement(using: &generator) ?? 0 }
            var expected = NumberBlock()
            for (index, byte) in bytes.enumerated() {
                let bit: UInt64 = 1 << UInt64(index)
                if (0x30...0x39).contains(byte) { expected.digits |= bit }
                if byte == UInt8(ascii: ",") { expected.commas |= bit }
                if byte == UInt8(ascii: ".") { expected.points |= bit }
                if byte == UInt8(ascii: "-") { expected.minuses |= bit }
                if byte == UInt8(ascii: "0") { expected.zeros |= bit }
            }
            bytes.withUnsafeBufferPointer { buffer in
                guard let base = buffer.baseAddress else { return }
                #expect(NativeByteSearch.classifyNumbers(at: base) == expected)
                #expect(PortableByteSearch.classifyNumbers(at: base) == expected)
            }
        }
    }

    private func first(_ bytes: [UInt8], _ search: (UnsafePointer<UInt8>) -> UnsafePointer<UInt8>) -> Int? {
        bytes.withUnsafeBufferPointer { buffer in buffer.baseAddress.map { search($0) - $0 } }
    }
}
