import TapedeckTestSupport
import Testing

@testable import TapedeckJSON

@Suite struct ByteSearchTests {
    @Test func `Every byte is classed the same by both searches and by itself`() {
        for byte in UInt8.min...UInt8.max {
            for offset in 0..<40 {
                var bytes = [UInt8](repeating: 0x61, count: 160)
                bytes[offset] = byte
                let isSpecial = byte < 0x20 || byte >= 0x80 || byte == 0x22 || byte == 0x5C
                #expect(specials(bytes, NativeByteSearch.self) == (isSpecial ? [offset] : []))
                #expect(specials(bytes, PortableByteSearch.self) == (isSpecial ? [offset] : []))
                #expect(
                    nearest(bytes, NativeByteSearch.self)
                        == (isSpecial && offset < NativeByteSearch.stepSize ? offset : nil)
                )
                #expect(
                    nearest(bytes, PortableByteSearch.self)
                        == (isSpecial && offset < PortableByteSearch.stepSize ? offset : nil)
                )

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

    @Test func `Special bytes among random ones are found as a loop finds them`() {
        var generator = SeededGenerator(seed: 8)
        // Among them the neighbours of each limit, so that a borrow from one byte to the next would show.
        let alphabet: [UInt8] = [
            0x1F, 0x20, 0x21, 0x22, 0x23, 0x5B, 0x5C, 0x5D, 0x61, 0x7F, 0x80, 0x81, 0xFF,
        ]
        for _ in 0..<2_000 {
            let bytes = (0..<64).map { _ in alphabet.randomElement(using: &generator) ?? 0 }
            let expected = bytes.indices.filter { index in
                bytes[index] < 0x20 || bytes[index] >= 0x80 || bytes[index] == 0x22 || bytes[index] == 0x5C
            }
            #expect(specials(bytes, NativeByteSearch.self) == expected)
            #expect(specials(bytes, PortableByteSearch.self) == expected)
            #expect(
                nearest(bytes, NativeByteSearch.self)
                    == expected.first.flatMap { $0 < NativeByteSearch.stepSize ? $0 : nil }
            )
            #expect(
                nearest(bytes, PortableByteSearch.self)
                    == expected.first.flatMap { $0 < PortableByteSearch.stepSize ? $0 : nil }
            )
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

    /// Where special bytes stand among the first 64, found block by block.
    private func specials<Search: ByteSearch>(_ bytes: [UInt8], _ search: Search.Type) -> [Int] {
        bytes.withUnsafeBufferPointer { buffer in
            guard let base = buffer.baseAddress else { return [] }
            return stride(from: 0, to: 64, by: Search.textBlockSize).flatMap { block in
                let found = Search.specials(at: base + block)
                return (0..<64).filter { found >> $0 & 1 == 1 }.map { block + $0 }
            }
        }
    }

    private func nearest<Search: ByteSearch>(_ bytes: [UInt8], _ search: Search.Type) -> Int? {
        bytes.withUnsafeBufferPointer { buffer in
            buffer.baseAddress.flatMap { base in Search.nearestSpecial(from: base).map { $0 - base } }
        }
    }

    private func first(_ bytes: [UInt8], _ search: (UnsafePointer<UInt8>) -> UnsafePointer<UInt8>) -> Int? {
        bytes.withUnsafeBufferPointer { buffer in buffer.baseAddress.map { search($0) - $0 } }
    }
}
