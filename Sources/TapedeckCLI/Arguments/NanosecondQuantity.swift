/// Reads lengths of time such as `1.5s`, to the last nanosecond.
enum NanosecondQuantity {
    private static let units: [(name: String, nanoseconds: UInt128)] = [
        ("ns", 1),
        ("us", 1000),
        ("µs", 1000),
        ("ms", 1_000_000),
        ("s", 1_000_000_000),
        ("m", 60_000_000_000),
        ("h", 3_600_000_000_000),
        ("d", 86_400_000_000_000),
    ]

    /// Reads a decimal number with a unit.
    ///
    /// - Parameters:
    ///   - text: digits, perhaps with a fraction, and one of `ns`, `us`, `ms`, `s`, `m`, `h`, `d`.
    ///   - defaultUnit: the unit of a number that has none, in nanoseconds; nil where it must have one.
    /// - Returns: nanoseconds.
    /// - Throws: `ArgumentProblem` for anything else, and where it is no whole number of nanoseconds.
    static func parse(_ text: String, defaultUnit: UInt128? = nil) throws(ArgumentProblem) -> UInt128 {
        let number = text.prefix { $0.isASCII && ($0.isNumber || $0 == ".") }
        let parts = number.split(separator: ".", omittingEmptySubsequences: false)
        guard let whole = parts.first, parts.count <= 2, parts.allSatisfy({ !$0.isEmpty }) else {
            throw ArgumentProblem("it is not a number with a unit, such as 250ms, 1.5s, 2m or 7d")
        }
        let unit = try unit(named: text[number.endIndex...], default: defaultUnit)
        var fraction = parts.count == 2 ? parts[1] : ""
        while fraction.last == "0" { fraction.removeLast() }
        let outOfRange = ArgumentProblem("it is too large")
        guard fraction.count <= 20 else { throw ArgumentProblem("it is no whole number of nanoseconds") }
        guard let digits = UInt128(whole + fraction) else { throw outOfRange }
        let (product, overflow) = digits.multipliedReportingOverflow(by: unit)
        guard !overflow else { throw outOfRange }
        let scale = (0..<fraction.count).reduce(UInt128(1)) { scale, _ in scale * 10 }
        let (quotient, remainder) = product.quotientAndRemainder(dividingBy: scale)
        guard remainder == 0 else { throw ArgumentProblem("it is no whole number of nanoseconds") }
        return quotient
    }

    /// Reads a latency: with a unit, or a whole number of nanoseconds.
    static func parseLatency(_ text: String) throws(ArgumentProblem) -> UInt64 {
        guard let nanoseconds = UInt64(exactly: try parse(text, defaultUnit: 1)) else {
            throw ArgumentProblem("it is too large; a latency has 64 bits of nanoseconds")
        }
        return nanoseconds
    }

    private static func unit(
        named name: Substring,
        default defaultUnit: UInt128?
    ) throws(ArgumentProblem) -> UInt128 {
        if name.isEmpty, let defaultUnit { return defaultUnit }
        // The letter mu has two code points; keyboards give one or the other.
        let name = name == "μs" ? "µs" : name
        guard let unit = units.first(where: { $0.name == name }) else {
            throw ArgumentProblem("its unit is none of ns, us, ms, s, m, h, d")
        }
        return unit.nanoseconds
    }
}
