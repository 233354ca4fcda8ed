extension ReportPage {
    /// How late requests were sent; nothing where none was due at a time.
    var lag: Markup? {
        guard report.run.settings.pace != .maximum, let chart = LagChart(report.lagSeries, lag: report.lag)
        else { return nil }
        return """
            <section aria-labelledby="lag">
            <h2 id="lag">Schedule lag</h2>
            <figure class="wide">
            \(chart.markup)
            <figcaption class="note">The longest lag of each stretch of the run. \(chart.summary)</figcaption>
            </figure>
            </section>
            """
    }
}
