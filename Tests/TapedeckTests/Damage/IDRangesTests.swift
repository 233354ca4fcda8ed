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

    @Test(arguments: 1...20 as ClosedRange<UInt64>)
    func `Ranges are put together as sets are`(seed: UInt64) {
        var generator = ExchangeMaker.Generator(state: seed)
        let sets = (0..<2).map { _ in
            (0..<Int.random(in: 0...80, using: &generator)).map { _ in
                Int64.random(in: 1...200, using: &generator)
            }
        }
        var union = IDRanges(sets[0])
        union.formUnion(IDRanges(sets[1]))
        #expect(union.ranges == IDRanges(sets[0] + sets[1]).ranges)
        #expect(union.ranges.flatMap(Array.init) == Set(sets[0] + sets[1]).sorted())
    }

    @Test func `Many ids that come in any order are put together`() {
        // Each once, in steps that have no factor in common with their number; more than are sorted at a time.
        let count = 200_000
        var ids = IDCollector()
        for index in 0..<count where index != 77_777 { ids.add(Int64(index * 70_001 % count)) }
        let missing = Int64(77_777 * 70_001 % count)
        #expect(ids.collected().ranges == [0...missing - 1, missing + 1...Int64(count) - 1])
    }

    @Test func `The least and the largest id are ids too`() {
        var ranges = IDRanges([.max, .min, .min + 1])
        ranges.add(.min ... .min)
        ranges.add(.max ... .max)
        #expect(ranges.ranges == [.min ... .min + 1, .max ... .max])
        ranges.add(.min ... .max)
        #expect(ranges.ranges == [.min ... .max])
    }
}
