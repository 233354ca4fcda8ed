import TapedeckJSON

@testable import TapedeckReplay

/// Reports to make pages of.
enum SampleReports {
    /// Text that would do something in markup if it were not escaped. A mark that combines with what stands before it must
    /// not shield that from being escaped.
    static let hostile = [
        "</script><script>alert(1)</script>", "\"><img src=x onerror=alert(2)>", "' onmouseover='alert(3)",
        "\"\u{301} autofocus onfocus=alert(4) x=", "<\u{200D}b>", "&lt;i&gt; & <!-- ]]>",
        "\u{0}\u{1B}[31m\r\n\u{202E}",
    ].joined(separator: " ")

    static var empty: ReplayReport {
        report(
            ReplayEvidence(reference: .recording),
            protocols: [],
            settings: ReplaySettings(target: "http://new")
        )
    }

    /// Every text that can come from outside is the given one.
    static func report(with text: String, reference: ReplayReport.Reference? = nil) -> ReplayReport {
        var settings = ReplaySettings(target: text)
        settings.pace = .rate(perSecond: 50)
        var evidence = ReplayEvidence(reference: .recording)
        for _ in 0..<400 {
            var outcome = ExchangeOutcome(protocol: text, differences: [text])
            outcome.latency = PairedTiming(targetNanoseconds: 2_000_000, baselineNanoseconds: 1_000_000)
            evidence.add(outcome)
        }
        let example = ReplayReport.Example(
            exchangeID: 7,
            protocol: text,
            pointer: text,
            expected: "same \(text)",
            actual: "same but \(text)"
        )
        return report(
            evidence,
            protocols: [summary(text, slower: 1.2), summary("other \(text)", slower: 1)],
            settings: settings,
            reference: reference,
            text: text,
            examples: [
                example, .init(exchangeID: 8, protocol: text, pointer: nil, expected: nil, actual: text),
            ]
        )
    }

    static func summary(_ tag: String, slower: Double) -> ReplayReport.ProtocolSummary {
        var summary = ReplayReport.ProtocolSummary(protocol: tag)
        summary.exchangeCount = 400
        summary.differingCount = 400
        summary.errorCount = 3
        for index in 1...400 {
            summary.reference.add(UInt64(index) * 1_000_000)
            summary.candidate.add(UInt64(Double(index) * 1_000_000 * slower))
        }
        return summary
    }

    private static func report(
        _ evidence: ReplayEvidence,
        protocols: [ReplayReport.ProtocolSummary],
        settings: ReplaySettings,
        reference: ReplayReport.Reference? = nil,
        text: String? = nil,
        examples: [ReplayReport.Example] = []
    ) -> ReplayReport {
        let verdict = evidence.verdict()
        var total = protocols.first ?? ReplayReport.ProtocolSummary(protocol: "all")
        total.exchangeCount = evidence.exchangeCount
        var lag = LatencyDistribution()
        var series = LagSeries()
        if text != nil {
            for index in 0..<400 {
                let late = UInt64(index % 40) * 50_000
                lag.add(late)
                series.add(lagNanoseconds: late, dueNanoseconds: UInt64(index) * 20_000_000)
            }
        }
        return ReplayReport(
            run: Run(
                id: 7,
                startedNanoseconds: 1_718_000_000_000_000_000,
                finishedNanoseconds: nil,
                storePath: text ?? "x.tapedeck",
                settings: settings,
                exchangeCount: evidence.exchangeCount
            ),
            reference: reference ?? .recording(store: text ?? "x.tapedeck"),
            verdict: verdict,
            protocols: protocols,
            total: total,
            latencyFromDue: total.candidate,
            lag: lag,
            lagSeries: series,
            errors: text.map { [(name: $0, count: 3)] } ?? [],
            differences: verdict.paths.map {
                .init(finding: $0, counts: [text ?? "": 400], examples: examples)
            },
            ruleFindings: text.map { [$0] } ?? []
        )
    }
}
