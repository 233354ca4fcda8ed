extension Figures {
    /// A time with three digits: `812 ms`, `1.24 s`, `312 s`.
    static func duration(_ nanoseconds: UInt64) -> String {
        let (value, unit) = scaled(nanoseconds)
        guard unit != "ns" else { return "\(nanoseconds) ns" }
        return "\(decimal(value, digits: value < 9.995 ? 2 : value < 99.95 ? 1 : 0)) \(unit)"
    }

    /// A round time without the zeros at its end: `1 s`, `1.5 s`.
    static func shortDuration(_ nanoseconds: UInt64) -> String {
        let text = duration(nanoseconds)
        guard text.contains(".") else { return text }
        return text.replacing(#/\.?0+ /#, with: " ", maxReplacements: 1)
    }

    /// A place in a chart, to a tenth.
    static func place(_ value: Double) -> String {
        decimal(value, digits: 1).replacing(",", with: "")
    }

    private static func scaled(_ nanoseconds: UInt64) -> (value: Double, unit: String) {
        var value = Double(nanoseconds)
        for unit in ["ns", "µs", "ms"] {
            if value < 999.5 { return (value, unit) }
            value /= 1000
        }
        return (value, "s")
    }
}
