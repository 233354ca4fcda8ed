import Testing

@testable import Tapedeck

@Suite struct RadixSortTests {
    @Test(arguments: [0, 1, 11, 12, 33, 40, 63, 64], [0, 1, 2047, 2048, 5000])
    func `Numbers of any width come into ascending order`(bits: Int, count: Int) {
        var generator = ExchangeMaker.Generator(state: UInt64(bits * 10_000 + count))
        var numbers = (0..<count).map { _ in bits == 0 ? 7 : generator.next() >> UInt64(64 - bits) }
        if bits == 40, count > 0 { numbers[count / 2] = .max }
        let expected = numbers.sorted()
        numbers.radixSort()
        #expect(numbers == expected)
    }
}
