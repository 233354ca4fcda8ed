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
            xml += #"  <testcase classname="tapedeck.replay" name="\#(Self.escaped(name))">"#
            let message = Self.escaped(sentence)
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

    /// Text as it may stand in an attribute or an element of XML 1.0. What XML cannot hold becomes U+FFFD.
    private static func escaped(_ text: String) -> String {
        var escaped = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "&": escaped += "&amp;"
            case "<": escaped += "&lt;"
            case ">": escaped += "&gt;"
            case "\"": escaped += "&quot;"
            case "'": escaped += "&apos;"
            case "\t", "\n", "\r": escaped += "&#\(scalar.value);"
            case _ where scalar.value < 0x20 || scalar.value == 0xFFFE || scalar.value == 0xFFFF:
                escaped += "\u{FFFD}"
            default: escaped.unicodeScalars.append(scalar)
            }
        }
        return escaped
    }
}
