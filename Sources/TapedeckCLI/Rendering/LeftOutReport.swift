/// What a command left out, for people.
enum LeftOutReport {
    /// Says on standard error what was left out, and names the first few.
    static func show(_ headline: String, _ count: Int, first: [some CustomStringConvertible]) {
        StandardError.report(headline)
        for item in first {
            StandardError.write("  \(item.description.escapingControlCharacters())\n")
        }
        let rest = count - first.count
        if rest > 0 { StandardError.write("  and \(Quantities.count(rest)) more\n") }
    }
}
