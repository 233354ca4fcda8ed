import TapedeckReplay

/// Numbers as people like to read them. All of it is integer arithmetic, as a latency may have more digits than a
/// double.
enum Quantities {
    /// A count with its digits in groups: `1,045`.
    static func count(_ number: some BinaryInteger) -> String {
        Figures.count(number)
    }

    /// A count and what is counted: `1 exchange`, `1,045 exchanges`.
    static func count(_ number: Int, _ noun: String) -> String {
        Figures.count(number, noun)
    }

    /// A number of bytes in decimal units: `812 B`, `12.3 MB`.
    static func bytes(_ count: Int) -> String {
        scaled(UInt64(max(0, count)), units: ["B", "kB", "MB", "GB", "TB", "PB", "EB"])
    }

    /// A latency with three digits: `812 ms`, `1.24 s`; from a minute on, `2m 05s` and the like.
    static func latency(_ nanoseconds: UInt64) -> String {
        guard nanoseconds >= 59_950_000_000 else {
            return scaled(nanoseconds, units: ["ns", "µs", "ms", "s"])
        }
        let seconds = (nanoseconds / 1_000_000_000) + (nanoseconds % 1_000_000_000 >= 500_000_000 ? 1 : 0)
        if seconds < 3600 { return "\(seconds / 60)m \(twoDigits(seconds % 60))s" }
        if seconds < 86400 { return "\(seconds / 3600)h \(twoDigits(seconds / 60 % 60))m" }
        if seconds < 100 * 86400 { return "\(seconds / 86400)d \(twoDigits(seconds / 3600 % 24))h" }
        return "\(seconds / 86400)d"
    }

    private static func twoDigits(_ number: UInt64) -> String {
        number < 10 ? "0\(number)" : "\(number)"
    }

    /// Three digits in the unit that leaves one to three of them before the point.
    private static func scaled(_ number: UInt64, units: [String]) -> String {
        var divisor: UInt64 = 1
        var index = 0
        // 999.5 of a unit would be rounded to 1000 of it.
        while index + 1 < units.count,
            number / divisor >= 1000 || (divisor > 1 && number >= divisor / 2 * 1999)
        {
            divisor *= 1000
            index += 1
        }
        guard divisor > 1 else { return "\(number) \(units[index])" }
        let whole = number / divisor
        if whole >= 100 || (whole == 99 && number % divisor >= divisor / 20 * 19) {
            return "\(whole + (number % divisor >= divisor / 2 ? 1 : 0)) \(units[index])"
        }
        // One digit after the point from 10 on, two below.
        let step = whole >= 10 || number >= divisor / 1000 * 9995 ? divisor / 10 : divisor / 100
        let rounded = number / step + (number % step >= step / 2 ? 1 : 0)
        let perUnit = divisor / step
        let fraction = "\(rounded % perUnit)"
        let padding = perUnit == 100 && fraction.utf8.count == 1 ? "0" : ""
        return "\(rounded / perUnit).\(padding)\(fraction) \(units[index])"
    }
}
