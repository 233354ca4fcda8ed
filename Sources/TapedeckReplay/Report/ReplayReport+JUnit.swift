extension ReplayReport {
    /// The report as JUnit XML, as continuous integration systems read it: a test case for each gate and for each member
    /// path that differs.
    ///
    /// A regression is a failure; what is inconclusive is an error, as it needs somebody's attention; what was not judged
    /// is skipped.
    public var junit: String {
        let gates = verdict.gates.map { ($0.name, $0.outcome, $0.sentence) }
        let paths = differences.map {
            ("differs at \($0.finding.path)", $0.finding.outcome, $0.finding.sentence)
        }
        let cases = gates + paths
        func count(_ outcome: Gate.Outcome) -> Int { cases.count { $0.1 == outcome } }
        var xml = #"<?xml version="1.0" encoding="UTF-8"?>"# + "\n"
        xml += #"<testsuites><testsuite name="tapedeck replay" tests="\#(cases.count)""#
        xml += #" failures="\#(count(.regression))" errors="\#(count(.inconclusive))""#
        xml += #" skipped="\#(count(.notJudged))">"# + "\n"
        for (name, outcome, sentence) in cases {
            xml += #"  <testcase classname="tapedeck.replay" name="\#(MarkupText.escaped(name))">"#
            let message = MarkupText.escaped(sentence)
            switch outcome {
            case .pass: xml += "<system-out>\(message)</system-out>"
            case .regression: xml += #"<failure type="regression" message="\#(message)"/>"#
            case .inconclusive: xml += #"<error type="inconclusive" message="\#(message)"/>"#
            case .notJudged: xml += #"<skipped message="\#(message)"/>"#
            }
            xml += "</testcase>\n"
        }
        return xml + "</testsuite></testsuites>\n"
    }
}
