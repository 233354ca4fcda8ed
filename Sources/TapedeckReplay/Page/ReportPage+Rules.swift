extension ReportPage {
    /// What is to be said about the rules of comparison.
    var rules: Markup {
        """
        <section aria-labelledby="rules">
        <h2 id="rules">Rules of comparison</h2>
        <ul>
        \(report.ruleFindings.map { "<li>\($0)</li>" })
        </ul>
        \(report.ruleFindings.isEmpty ? #"<p class="note">There is nothing to be said about them.</p>"# : nil)
        </section>
        """
    }
}
