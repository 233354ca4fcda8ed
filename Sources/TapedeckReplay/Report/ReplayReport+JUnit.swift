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
        let suite: Markup = """
            <?xml version="1.0" encoding="UTF-8"?>
            <testsuites><testsuite name="tapedeck replay" tests="\(cases.count)" failures="\(count(.regression))" \
            errors="\(count(.inconclusive))" skipped="\(count(.notJudged))">
            \(cases.map(Self.testCase))
            </testsuite></testsuites>

            """
        return suite.text
    }

    private static func testCase(_ name: String, _ outcome: Gate.Outcome, _ sentence: String) -> Markup {
        let result: Markup =
            switch outcome {
            case .pass: "<system-out>\(sentence)</system-out>"
            case .regression: #"<failure type="regression" message="\#(sentence)"/>"#
            case .inconclusive: #"<error type="inconclusive" message="\#(sentence)"/>"#
            case .notJudged: #"<skipped message="\#(sentence)"/>"#
            }
        return #"  <testcase classname="tapedeck.replay" name="\#(name)">\#(result)</testcase>"#
    }
}
