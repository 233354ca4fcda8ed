extension ReportPage {
    /// What was compared with what.
    var facts: Markup {
        """
        <section aria-labelledby="compared">
        <h2 id="compared">What was compared</h2>
        <dl class="facts">
        \(Self.fact("Run", "\(report.run.id)"))
        \(Self.fact("Store", report.run.storePath))
        \(Self.fact("New build", report.run.settings.target))
        \(Self.fact("Compared with", reference))
        \(Self.fact("Exchanges", exchanges))
        \(Self.fact("Pace", pace))
        \(Self.fact("Started", UTCTime.text(report.run.startedNanoseconds)))
        \(Self.fact("Finished", finished))
        </dl>
        </section>
        """
    }

    private static func fact(_ name: String, _ value: String) -> Markup {
        "<div><dt>\(name)</dt><dd>\(value)</dd></div>"
    }

    private var reference: String {
        switch report.reference {
        case .recording(let store): "the responses recorded in \(store)"
        case .baseline(let address): "\(address), asked twice"
        case .run(let id, let target): "run \(id), \(target)"
        }
    }

    private var exchanges: String {
        let verdict = report.verdict
        let all = Figures.count(verdict.exchangeCount)
        guard verdict.leftOutCount > 0 else { return all }
        return "\(all), of which \(Figures.count(verdict.leftOutCount)) had nothing to be compared with"
    }

    private var pace: String {
        let settings = report.run.settings
        let pace =
            switch settings.pace {
            case .original(let speed) where speed == 1: "as recorded"
            case .original(let speed): "\(Figures.short(speed)) times as fast as recorded"
            case .rate(let rate): "\(Figures.short(rate)) a second"
            case .maximum: "as fast as the target answers"
            }
        let loops = settings.loopCount > 1 ? ", \(Figures.count(settings.loopCount)) times over" : ""
        return "\(pace)\(loops), at most \(Figures.count(settings.concurrency)) at once"
    }

    private var finished: String {
        guard let finished = report.run.finishedNanoseconds else { return "not yet" }
        let started = report.run.startedNanoseconds
        let took = finished > started ? finished - started : 0
        return "\(UTCTime.text(finished)), after \(Figures.duration(took))"
    }
}
