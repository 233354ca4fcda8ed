extension DistributionChart {
    /// The chart as SVG.
    ///
    /// - Parameters:
    ///   - title: what is drawn.
    ///   - id: what the ids of its texts begin with, as the page holds several.
    /// - Returns: the chart.
    func markup(title: String, id: String) -> Markup {
        """
        <svg class="chart" viewBox="0 0 360 186" role="img" aria-labelledby="\(id)-title \(id)-desc" \
        xmlns="http://www.w3.org/2000/svg">
        <title id="\(id)-title">\(title)</title>
        <desc id="\(id)-desc">\(summary)</desc>
        \(ticks.map(Self.line))
        <path class="reference" d="\(referenceOutline)"/>
        <path class="candidate" d="\(candidateOutline)"/>
        <line class="axis" x1="0" x2="360" y1="118" y2="118"/>
        \(strips.map(Self.group))
        \(quantileLabels.map(Self.label))
        </svg>
        """
    }

    private static func line(_ tick: ChartTick) -> Markup {
        """
        <line class="grid" x1="\(tick.place)" x2="\(tick.place)" y1="10" y2="118"/>
        <text x="\(tick.place)" y="134" text-anchor="middle">\(tick.label)</text>
        """
    }

    private static func group(_ strip: Strip) -> Markup {
        """
        <g class="strip \(strip.name)">
        <line x1="\(strip.median)" x2="\(strip.last)" y1="\(strip.y)" y2="\(strip.y)"/>
        \([strip.median, strip.ninth, strip.last].map { #"<circle cx="\#($0)" cy="\#(strip.y)" r="3.5"/>"# })
        </g>
        """
    }

    private static func label(_ tick: ChartTick) -> Markup {
        #"<text class="quantile" x="\#(tick.place)" y="182" text-anchor="middle">\#(tick.label)</text>"#
    }
}
