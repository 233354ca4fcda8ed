extension ReportPage {
    /// How to read the page.
    var help: Markup {
        """
        <section class="help" aria-labelledby="help">
        <h2 id="help">How to read this</h2>
        <p>The verdict is <em>regression</em> when at least one gate shows one, <em>inconclusive</em> when none does but
        the data is too little or too noisy to rule out one that matters, and <em>pass</em> otherwise. A gate of one
        protocol that is not judged changes nothing.</p>
        <p>A ratio of 1.10 × means that the new build takes 1.10 times as long. The interval holds the true value with
        95 % confidence, for all gates of latency together. p50, p90 and p99 are the times that 50, 90 and 99 % of
        exchanges do not exceed.</p>
        <p>A model rarely says the same twice. With a baseline, which is asked twice, <em>noise</em> counts the exchanges
        in which it differs from itself; p is the probability that chance alone makes the new build differ so much more
        often, corrected for the number of member paths.</p>
        </section>
        """
    }
}
