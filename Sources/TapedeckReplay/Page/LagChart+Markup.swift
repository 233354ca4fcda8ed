extension LagChart {
    /// The chart as SVG.
    var markup: Markup {
        """
        <svg class="chart lag" viewBox="0 0 720 176" role="img" aria-labelledby="lag-title lag-desc" \
        xmlns="http://www.w3.org/2000/svg">
        <title id="lag-title">How late requests were sent in the course of the run</title>
        <desc id="lag-desc">\(summary)</desc>
        <path class="candidate" d="\(outline)"/>
        \(lagTicks.map(Self.level))
        <line class="axis" x1="0" x2="720" y1="150" y2="150"/>
        <text x="0" y="170">0</text>
        \(timeTicks.map(Self.mark))
        </svg>
        """
    }

    private static func level(_ tick: ChartTick) -> Markup {
        """
        <line class="grid" x1="0" x2="720" y1="\(tick.place)" y2="\(tick.place)"/>
        <text x="0" y="\(tick.place)" dy="-5">\(tick.label)</text>
        """
    }

    private static func mark(_ tick: ChartTick) -> Markup {
        """
        <line class="axis" x1="\(tick.place)" x2="\(tick.place)" y1="150" y2="155"/>
        <text x="\(tick.place)" y="170" text-anchor="end">\(tick.label)</text>
        """
    }
}
