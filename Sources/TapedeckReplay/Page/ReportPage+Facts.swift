extension ReportPage {
    /// What was compared with what.
    static func facts(_ report: ReplayReport) -> [Fact] {
        let run = report.run
        var facts = [
            Fact(name: "Run", value: "\(run.id)"),
            Fact(name: "Store", value: run.storePath),
            Fact(name: "New build", value: run.settings.target),
            Fact(name: "Compared with", value: text(report.reference)),
            Fact(name: "Exchanges", value: exchanges(report.verdict)),
            Fact(name: "Pace", value: pace(run.settings)),
            Fact(name: "Started", value: UTCTime.text(run.startedNanoseconds)),
        ]
        if let finished = run.finishedNanoseconds {
            let took = finished > run.startedNanoseconds ? finished - run.startedNanoseconds : 0
            facts.append(
                Fact(name: "Finished", value: "\(UTCTime.text(finished)), after \(Figures.duration(took))")
            )
        } else {
            facts.append(Fact(name: "Finished", value: "not yet"))
        }
        return facts
    }

    private static func text(_ reference: ReplayReport.Reference) -> String {
        switch reference {
        case .recording(let store): "the responses recorded in \(store)"
        case .baseline(let address): "\(address), asked twice"
        case .run(let id, let target): "run \(id), \(target)"
        }
    }

    private static func exchanges(_ verdict: ReplayVerdict) -> String {
        let all = Figures.count(verdict.exchangeCount)
        guard verdict.leftOutCount > 0 else { return all }
        return "\(all), of which \(Figures.count(verdict.leftOutCount)) had nothing to be compared with"
    }

    private static func pace(_ settings: ReplaySettings) -> String {
        let pace =
            switch settings.pace {
            case .original(let speed) where speed == 1: "as recorded"
            case .original(let speed): "\(Figures.ratio(speed)) times as fast as recorded"
            case .rate(let rate): "\(Figures.ratio(rate)) a second"
            case .maximum: "as fast as the target answers"
            }
        let loops = settings.loopCount > 1 ? ", \(Figures.count(settings.loopCount)) times over" : ""
        return "\(pace)\(loops), at most \(Figures.count(settings.concurrency)) at once"
    }
}
