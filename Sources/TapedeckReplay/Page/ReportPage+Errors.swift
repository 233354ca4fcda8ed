extension ReportPage {
    /// What went wrong at the new build.
    var errors: Markup {
        """
        <section aria-labelledby="errors">
        <h2 id="errors">Errors of the new build</h2>
        <dl class="counts">
        \(report.errors.map { "<div><dt>\($0.name)</dt><dd>\(Figures.count($0.count))</dd></div>" })
        </dl>
        \(report.errors.isEmpty ? #"<p class="note">There were none.</p>"# : nil)
        </section>
        """
    }
}
