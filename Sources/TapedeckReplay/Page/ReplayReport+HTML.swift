extension ReplayReport {
    /// The report as one HTML page that needs nothing beside itself, for people.
    ///
    /// It loads nothing from anywhere, and a content security policy keeps it so. What was captured is escaped wherever it
    /// stands. It is whole without JavaScript, which only filters. It is well-formed XML, too.
    ///
    /// ```swift
    /// var generator = SystemRandomNumberGenerator()
    /// let page = report.html(using: &generator)
    /// ```
    ///
    /// - Parameter generator: Where the nonce of the policy comes from
    ///   (<https://www.w3.org/TR/CSP3/#framework-directive-source-list>). Nobody may foresee it whose text is in the report.
    /// - Returns: the page, to be stored as UTF-8.
    /// - Complexity: linear in the member paths, examples and protocols that it shows, each of which is limited.
    public func html(using generator: inout some RandomNumberGenerator) -> String {
        let digits = (0..<2).map { _ in
            let text = String(generator.next(), radix: 16)
            return String(repeating: "0", count: 16 - text.utf8.count) + text
        }
        return ReportPage(report: self, nonce: digits.joined()).markup.text
    }
}
