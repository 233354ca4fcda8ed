/// Numbers in sentences for people.
package enum Figures {
    /// A ratio with two digits after the point: `1.31`.
    static func ratio(_ value: Double) -> String {
        decimal(value, digits: 2)
    }

    /// A share in percent: `2 %`, `0.35 %`.
    static func percent(_ share: Double) -> String {
        let text = decimal(share * 100, digits: 2)
        return text.replacing(/\.?0+$/, with: "", maxReplacements: text.contains(".") ? 1 : 0) + " %"
    }

    /// A probability: `0.02`, `below 0.0001`.
    static func probability(_ value: Double) -> String {
        if value < 0.0001 { return "below 0.0001" }
        return decimal(value, digits: value < 0.01 ? 4 : 2)
    }

    /// A count with its digits in groups: `1,045`.
    package static func count(_ number: some BinaryInteger) -> String {
        let digits = Array(String(number))
        var text = ""
        for (index, digit) in digits.enumerated() {
            if index > 0, (digits.count - index).isMultiple(of: 3) { text.append(",") }
            text.append(digit)
        }
        return text
    }

    /// A count and what is counted: `1 exchange`, `1,045 exchanges`.
    package static func count(_ number: Int, _ noun: String) -> String {
        "\(count(number)) \(noun)\(number == 1 ? "" : "s")"
    }

    /// A number with so many digits after the point.
    static func decimal(_ value: Double, digits: Int) -> String {
        var scale = 1
        for _ in 0..<digits { scale *= 10 }
        guard abs(value) < 1e12 else { return "\(value)" }
        let scaled = Int((abs(value) * Double(scale)).rounded())
        let sign = value < 0 && scaled > 0 ? "-" : ""
        guard digits > 0 else { return sign + count(scaled) }
        let fraction = String(scaled % scale)
        let padding = String(repeating: "0", count: digits - fraction.count)
        return "\(sign)\(count(scaled / scale)).\(padding)\(fraction)"
    }
}
