import Testing

@testable import TapedeckReplay

@Suite struct ScheduleTests {
    private func due(_ schedule: Schedule, _ times: [UInt128]) -> [UInt64?] {
        var schedule = schedule
        return times.map { schedule.due(receivedNanoseconds: $0) }
    }

    @Test func `The original pace keeps the recorded distances`() {
        #expect(due(Schedule(pace: .original(speed: 1)), [1000, 1300, 1301, 9000]) == [0, 300, 301, 8000])
    }

    @Test func `A speed divides the distances, and no nanosecond is lost over many of them`() {
        let times = (0...30_000).map { UInt128($0) * 100 }
        #expect(due(Schedule(pace: .original(speed: 3)), times).last == 1_000_000)
        #expect(due(Schedule(pace: .original(speed: 0.5)), [0, 10, 30]) == [0, 20, 60])
    }

    @Test func `A long pause is cut, and a step back in time is none`() {
        let schedule = Schedule(pace: .original(speed: 1), maximumGapNanoseconds: 50)
        #expect(due(schedule, [0, 1_000_000, 1_000_010, 5, 25]) == [0, 50, 60, 60, 80])
    }

    @Test func `A rate is kept over any number of requests`() {
        var schedule = Schedule(pace: .rate(perSecond: 3))
        var last: UInt64?
        for _ in 0...3_000_000 { last = schedule.due(receivedNanoseconds: 7) }
        #expect(last == 1_000_000_000_000_000)
    }

    @Test func `At full speed nothing is waited for`() {
        #expect(due(Schedule(pace: .maximum), [0, 5_000_000_000]) == [nil, nil])
    }

    @Test func `A recording that is sent again goes on at its mean pace`() {
        var schedule = Schedule(pace: .original(speed: 1))
        for time in [0, 10, 40] as [UInt128] { _ = schedule.due(receivedNanoseconds: time) }
        schedule.restart()
        #expect([0, 10].map { schedule.due(receivedNanoseconds: $0) } == [60, 70])
    }

    @Test func `Times at the end of what can be told do not wrap around`() {
        let times = due(Schedule(pace: .original(speed: 1e-9)), [0, UInt128.max, UInt128.max])
        #expect(times == [0, UInt64(Int64.max), UInt64(Int64.max)])
    }
}
