import Testing

@testable import TapedeckReplay

@Suite struct ExactTestTests {
    @Test(arguments: [
        (0, 0, 1.0), (7, 0, 1.0 / 128), (0, 7, 1.0), (3, 1, 5.0 / 16), (10, 2, 79.0 / 4096),
        (40, 0, 9.094947017729282e-13),
    ])
    func `McNemar's test counts the ways`(first: Int, second: Int, pValue: Double) {
        #expect(abs(ExactTest(firstOnlyCount: first, secondOnlyCount: second).pValue - pValue) < 1e-12)
    }

    @Test func `More than a rate of nothing is never chance`() {
        #expect(ExactTest(count: 1, of: 2000, rate: 0).pValue == 0)
        #expect(ExactTest(count: 0, of: 2000, rate: 0).pValue == 1)
    }

    @Test func `Paths that cannot become significant cost nothing`() {
        let strong = ExactTest(firstOnlyCount: 8, secondOnlyCount: 0)
        let weak = [ExactTest](repeating: ExactTest(firstOnlyCount: 2, secondOnlyCount: 1), count: 500)
        let adjusted = StepDownCorrection.adjustedPValues(of: weak + [strong])
        #expect(abs((adjusted.last ?? 1) * 256 - 1) < 1e-9)
        #expect(adjusted.dropLast().allSatisfy { $0 == 1 })
    }

    @Test func `Paths that can become significant are paid for, in steps`() throws {
        let tests = [(7, 0), (9, 0), (8, 0)].map { ExactTest(firstOnlyCount: $0, secondOnlyCount: $1) }
        let adjusted = StepDownCorrection.adjustedPValues(of: tests)
        // 2^-9 can be reached by 9 alone; 2^-8 by 8 alone, once 9 is decided; and so on.
        #expect(adjusted.map { (1 / $0).rounded() } == [128, 512, 256])
        let equal = [ExactTest](repeating: ExactTest(firstOnlyCount: 10, secondOnlyCount: 0), count: 3)
        let adjustedEqual = StepDownCorrection.adjustedPValues(of: equal)
        #expect(adjustedEqual.allSatisfy { abs($0 * 1024 - 3) < 1e-9 })
        #expect(StepDownCorrection.adjustedPValues(of: []).isEmpty)
    }

    @Test func `Adjusted values are never below the plain ones, nor above Holm's`() {
        var generator = SplitMix64(seed: 11)
        for _ in 0..<50 {
            let tests = (0..<30).map { _ in
                ExactTest(
                    firstOnlyCount: Int.random(in: 0...25, using: &generator),
                    secondOnlyCount: Int.random(in: 0...10, using: &generator)
                )
            }
            let adjusted = StepDownCorrection.adjustedPValues(of: tests)
            var greatest = 0.0
            let order = tests.indices.sorted { (tests[$0].pValue, $0) < (tests[$1].pValue, $1) }
            for (position, index) in order.enumerated() {
                greatest = min(1, max(greatest, tests[index].pValue * Double(tests.count - position)))
                #expect(adjusted[index] >= tests[index].pValue * (1 - 1e-9))
                #expect(adjusted[index] <= greatest * (1 + 1e-6))
            }
        }
    }

    /// 1,000 unchanged builds of 40 paths that differ at random, at rates from 0.1 to 8 %, in 500 exchanges; an answer
    /// that differs at one path more often does at the next.
    @Test func `An unchanged build has a significant path in no more than one of a hundred runs`() {
        var generator = SplitMix64(seed: 21)
        var alarmCount = 0
        for _ in 0..<1000 {
            let tests = (0..<40).map { path in
                let trials = 2 * path
                var first = 0
                for _ in 0..<trials { first += Bool.random(using: &generator) ? 1 : 0 }
                return ExactTest(firstOnlyCount: first, secondOnlyCount: trials - first)
            }
            alarmCount += StepDownCorrection.adjustedPValues(of: tests).contains { $0 <= 0.01 } ? 1 : 0
        }
        // At most 10, with a deviation of 3.2. Without a correction about 200 would be.
        #expect(alarmCount <= 19, "\(alarmCount) false alarms")
        #expect(alarmCount >= 1, "a test that never alarms has no power either")
    }
}
