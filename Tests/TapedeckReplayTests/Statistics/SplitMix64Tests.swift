import Testing

@testable import TapedeckReplay

@Suite struct SplitMix64Tests {
    /// By another implementation of the published algorithm.
    @Test func `The sequence is the published one`() {
        var generator = SplitMix64(seed: 1_234_567)
        #expect(generator.next() == 6_457_827_717_110_365_317)
        #expect(generator.next() == 3_203_168_211_198_807_973)
        #expect(generator.next() == 9_817_491_932_198_370_423)
    }

    @Test func `Positions are below the count, and each is drawn about as often`() {
        var generator = SplitMix64(seed: 5)
        var counts = [Int](repeating: 0, count: 7)
        for _ in 0..<70_000 { counts[generator.index(below: 7)] += 1 }
        // 10,000 each, with a deviation of 93.
        #expect(counts.allSatisfy { (9600...10400).contains($0) }, "\(counts)")
    }
}
