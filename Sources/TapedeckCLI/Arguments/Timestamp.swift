/// Times as RFC 3339 writes them, to the nanosecond.
enum Timestamp {
    /// The first nanosecond of the year 10000, which RFC 3339 cannot write.
    static let limit = UInt128(CivilDate(year: 10000, month: 1, day: 1).daysSinceEpoch) * nanosecondsPerDay

    private static let nanosecondsPerDay: UInt128 = 86_400_000_000_000

    /// Writes a time in UTC; from the year 10000 on, as its nanoseconds.
    ///
    /// - Parameters:
    ///   - nanoseconds: since 1970-01-01 00:00:00 UTC.
    ///   - fractionDigits: digits after the seconds, 0 to 9. The rest is cut off, not rounded.
    /// - Returns: the time, such as `2024-06-10T12:00:00.5Z`.
    static func format(_ nanoseconds: UInt128, fractionDigits: Int) -> String {
        guard nanoseconds < limit else { return "\(nanoseconds)" }
        let (days, rest) = nanoseconds.quotientAndRemainder(dividingBy: nanosecondsPerDay)
        let date = CivilDate(daysSinceEpoch: Int(days))
        let (seconds, fraction) = Int(rest).quotientAndRemainder(dividingBy: 1_000_000_000)
        let point = fractionDigits > 0 ? "." + padded(fraction, to: 9).prefix(fractionDigits) : ""
        return "\(padded(date.year, to: 4))-\(padded(date.month, to: 2))-\(padded(date.day, to: 2))"
            + "T\(padded(seconds / 3600, to: 2)):\(padded(seconds / 60 % 60, to: 2)):\(padded(seconds % 60, to: 2))"
            + "\(point)Z"
    }

    private static func padded(_ number: Int, to width: Int) -> String {
        let digits = "\(number)"
        return String(repeating: "0", count: max(0, width - digits.count)) + digits
    }

    /// Reads a time with its offset, or a date alone, which is its first moment in UTC.
    ///
    /// - Parameter text: the time.
    /// - Returns: nanoseconds since 1970-01-01 00:00:00 UTC.
    /// - Throws: `ArgumentProblem` for what is no time, and for what is before 1970.
    static func parse(_ text: String) throws(ArgumentProblem) -> UInt128 {
        guard let time = Parser.parse(text) else {
            throw ArgumentProblem(
                "it is not RFC 3339 with its zone, such as 2024-06-10T12:00:00Z or 2024-06-10T12:00:00+02:00, nor a date alone"
            )
        }
        guard time.date.isValid, time.isValid else { throw ArgumentProblem("there is no such day or time") }
        let seconds = time.date.daysSinceEpoch * 86400 + time.secondOfDay - time.offsetSeconds
        guard time.second < 60 || seconds % 86400 == 0 else {
            throw ArgumentProblem("a leap second is the last of a day in UTC")
        }
        guard seconds >= 0 else { throw ArgumentProblem("it is before 1970") }
        return UInt128(seconds) * 1_000_000_000 + UInt128(time.nanosecond)
    }

    /// The parts of a time as they are written.
    private struct Parts {
        var date: CivilDate
        var hour = 0
        var minute = 0
        var second = 0
        var nanosecond = 0
        var offsetHour = 0
        var offsetMinute = 0
        var isWest = false

        var isValid: Bool {
            hour < 24 && minute < 60 && second <= 60 && offsetHour < 24 && offsetMinute < 60
        }

        var secondOfDay: Int { hour * 3600 + minute * 60 + second }

        var offsetSeconds: Int { (offsetHour * 3600 + offsetMinute * 60) * (isWest ? -1 : 1) }
    }

    /// Reads the parts from first to last; whatever does not fit the pattern ends it with nil.
    private struct Parser {
        var rest: Substring.UTF8View

        static func parse(_ text: String) -> Parts? {
            var parser = Parser(rest: text[...].utf8)
            guard let year = parser.digits(4), parser.take("-"), let month = parser.digits(2),
                parser.take("-"),
                let day = parser.digits(2)
            else { return nil }
            var parts = Parts(date: CivilDate(year: year, month: month, day: day))
            if parser.rest.isEmpty { return parts }
            guard parser.take("Tt ") else { return nil }
            return parser.time(&parts) && parser.rest.isEmpty ? parts : nil
        }

        private mutating func time(_ parts: inout Parts) -> Bool {
            guard let hour = digits(2), take(":"), let minute = digits(2), take(":"), let second = digits(2)
            else {
                return false
            }
            (parts.hour, parts.minute, parts.second) = (hour, minute, second)
            if take(".") {
                let count = rest.prefix { (0x30...0x39).contains($0) }.count
                guard (1...9).contains(count), let fraction = digits(count) else { return false }
                parts.nanosecond = (count..<9).reduce(fraction) { fraction, _ in fraction * 10 }
            }
            if take("Zz") { return true }
            parts.isWest = rest.first == UInt8(ascii: "-")
            guard take("+-"), let hour = digits(2), take(":"), let minute = digits(2) else { return false }
            (parts.offsetHour, parts.offsetMinute) = (hour, minute)
            return true
        }

        /// Takes one of some characters.
        private mutating func take(_ characters: String) -> Bool {
            guard let first = rest.first, characters.utf8.contains(first) else { return false }
            rest.removeFirst()
            return true
        }

        private mutating func digits(_ count: Int) -> Int? {
            let taken = rest.prefix(count)
            guard taken.count == count, taken.allSatisfy({ (0x30...0x39).contains($0) }) else { return nil }
            rest.removeFirst(count)
            return taken.reduce(0) { $0 * 10 + Int($1 - 0x30) }
        }
    }
}
