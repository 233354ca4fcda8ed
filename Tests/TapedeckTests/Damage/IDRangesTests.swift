import Testing

@testable import Tapedeck

@Suite struct IDRangesTests {
    @Test(arguments: 1...20 as ClosedRange<UInt64>)
    func `Ids in any order make the ranges that a set of them makes`(seed: UInt64) {
        var generator = ExchangeMaker.Generator(state: seed)
        var ranges = IDRanges()
        var all: Set<Int64> = []
        for _ in 0..<60 {
            let lower = Int64.random(in: 1...200, using: &generator)
            let ids = lower...lower + Int64.random(in: 0...4, using: &generator)
            ranges.add(ids)
            all.formUnion(ids)
            #expect(ranges.ranges.flatMap(Array.init) == all.sorted())
            #expect(
                zip(ranges.ranges, ranges.ranges.dropFirst()).allSatisfy { $0.upperBound + 1 < $1.lowerBound }
            )
        }
        #expect((0...210).allSatisfy { ranges.contains($0) == all.contains($0) })
    }
}
