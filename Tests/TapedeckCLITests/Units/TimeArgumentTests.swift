import ArgumentParser
import Tapedeck
import Testing

@testable import TapedeckCLI

@Suite struct TimeArgumentTests {
    @Test(
        arguments: [
            ("1970-01-01T00:00:00Z", 0),
            ("1970-01-01", 0),
            ("1969-12-31T23:30:00-01:00", 1_800_000_000_000),
            ("2024-06-10T06:13:20Z", 1_718_000_000_000_000_000),
            ("2024-06-10t06:13:20z", 1_718_000_000_000_000_000),
            ("2024-06-10 06:13:20Z", 1_718_000_000_000_000_000),
            ("2024-06-10T08:13:20+02:00", 1_718_000_000_000_000_000),
            ("2024-06-10T00:43:20.000000001-05:30", 1_718_000_000_000_000_001),
            ("2024-06-10T06:13:20.1Z", 1_718_000_000_100_000_000),
            ("2024-06-10T06:13:20.123456789Z", 1_718_000_000_123_456_789),
            ("2024-02-29", 1_709_164_800_000_000_000),
            ("2000-02-29", 951_782_400_000_000_000),
            ("2016-12-31T23:59:60Z", 1_483_228_800_000_000_000),
            ("2017-01-01T00:59:60+01:00", 1_483_228_800_000_000_000),
            ("9999-12-31T23:59:59.999999999Z", 253_402_300_799_999_999_999),
        ] as [(String, UInt128)]
    )
    func `A time is read to the nanosecond`(text: String, nanoseconds: UInt128) throws {
        #expect(try Timestamp.parse(text) == nanoseconds)
    }

    @Test(arguments: [
        "", "2024", "2024-06", "2024-6-10", "2024-06-10T", "2024-06-10T06:13Z", "2024-06-10T06:13:20",
        "2024-06-10T06:13:20.Z", "2024-06-10T06:13:20.1234567890Z", "2024-06-10T06:13:20+0200",
        "2024-06-10T06:13:20Z ", " 2024-06-10", "2024-13-01", "2024-00-01", "2024-01-00", "2023-02-29",
        "1900-02-29",
        "2024-04-31", "2024-06-10T24:00:00Z", "2024-06-10T06:60:00Z", "2024-06-10T06:13:60Z",
        "2024-06-10T06:13:61Z",
        "2024-06-10T06:13:20+24:00", "2024-06-10T06:13:20+02:60", "1969-12-31T23:59:59Z",
        "1970-01-01T00:00:00+00:01",
        "２０２４-06-10", "+2024-06-10", "10000-01-01",
    ])
    func `What is no time is refused`(text: String) {
        #expect(throws: ArgumentProblem.self) { try Timestamp.parse(text) }
    }

    @Test(
        arguments: [
            (0, 0, "1970-01-01T00:00:00Z"),
            (1_718_000_000_123_456_789, 9, "2024-06-10T06:13:20.123456789Z"),
            (1_718_000_000_129_999_999, 2, "2024-06-10T06:13:20.12Z"),
            (1_718_000_000_000_000_001, 9, "2024-06-10T06:13:20.000000001Z"),
            (253_402_300_799_999_999_999, 3, "9999-12-31T23:59:59.999Z"),
            (253_402_300_800_000_000_000, 3, "253402300800000000000"),
            (.max, 3, "340282366920938463463374607431768211455"),
        ] as [(UInt128, Int, String)]
    )
    func `A time is written in UTC, and beyond the year 9999 as its nanoseconds`(
        nanoseconds: UInt128,
        digits: Int,
        text: String
    ) {
        #expect(Timestamp.format(nanoseconds, fractionDigits: digits) == text)
    }

    @Test func `Days follow each other and come back from their number`() {
        var expected = CivilDate(year: 0, month: 3, day: 1)
        for number in expected.daysSinceEpoch..<CivilDate(year: 3001, month: 1, day: 1).daysSinceEpoch {
            let date = CivilDate(daysSinceEpoch: number)
            guard date == expected, date.daysSinceEpoch == number, date.isValid else {
                Issue.record("day \(number) is \(date), not \(expected)")
                return
            }
            let next = CivilDate(year: date.year, month: date.month, day: date.day + 1)
            let nextMonth = CivilDate(year: date.year, month: date.month + 1, day: 1)
            expected =
                next.isValid
                ? next : nextMonth.isValid ? nextMonth : CivilDate(year: date.year + 1, month: 1, day: 1)
        }
    }

    @Test(
        arguments: [
            ("0s", 0), ("1ns", 1), ("1us", 1000), ("1µs", 1000), ("1μs", 1000), ("250ms", 250_000_000),
            ("1.5s", 1_500_000_000), ("0.000000001s", 1), ("1.50000000000000000000000000s", 1_500_000_000),
            ("2m", 120_000_000_000), ("1.5h", 5_400_000_000_000), ("7d", 604_800_000_000_000),
            ("18446744073.709551615s", UInt128(UInt64.max)),
        ] as [(String, UInt128)]
    )
    func `A length of time is read exactly`(text: String, nanoseconds: UInt128) throws {
        #expect(try NanosecondQuantity.parse(text) == nanoseconds)
        #expect(try NanosecondQuantity.parseLatency(text) == UInt64(nanoseconds))
    }

    @Test(arguments: [
        "", "s", "1", "-1s", "+1s", "1 s", "1s ", ".5s", "1.s", "1..5s", "1.5.0s", "1w", "1S", "1e3s",
        "0.5ns", "0.0001us",
        "１s", "99999999999999999999999999999999999999999d", "340282366920938463463374607431768211455s",
    ])
    func `What is no length of time is refused`(text: String) {
        #expect(throws: ArgumentProblem.self) { try NanosecondQuantity.parse(text) }
    }

    @Test func `A latency without a unit is nanoseconds, and has 64 bits`() throws {
        #expect(try NanosecondQuantity.parseLatency("18446744073709551615") == .max)
        #expect(throws: ArgumentProblem.self) { try NanosecondQuantity.parseLatency("18446744073709551616") }
        #expect(throws: ArgumentProblem.self) { try NanosecondQuantity.parseLatency("1.5") }
    }

    @Test(arguments: [
        ("1718000000000000000", TimeBound.moment(1_718_000_000_000_000_000)),
        ("340282366920938463463374607431768211455", .moment(.max)),
        ("2024-06-10T06:13:20Z", .moment(1_718_000_000_000_000_000)),
        ("90s", .age(90_000_000_000)),
        ("7d", .age(604_800_000_000_000)),
    ])
    func `A bound is nanoseconds, a date or an age`(text: String, bound: TimeBound) throws {
        #expect(try TimeBound(parsing: text) == bound)
    }

    @Test(arguments: ["", "now", "12:00", "-5", "340282366920938463463374607431768211456", "2h ago", "1.5"])
    func `What is no bound is refused`(text: String) {
        #expect(throws: ArgumentProblem.self) { try TimeBound(parsing: text) }
    }

    @Test func `Ages count from one moment that the clock tells`() throws {
        let noon = WallClock { 1_718_020_800_000_000_000 }
        let filter = try FilterOptions.parse(["--since", "2h", "--until", "15m"]).filter(clock: noon)
        #expect(filter.sinceNanoseconds == 1_718_013_600_000_000_000)
        #expect(filter.untilNanoseconds == 1_718_019_900_000_000_000)
        #expect(try FilterOptions.parse(["--since", "99999d"]).filter(clock: noon).sinceNanoseconds == 0)
    }
}
