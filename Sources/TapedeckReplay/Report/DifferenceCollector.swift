internal import TapedeckJSON

/// Keeps the first examples of each member path, and counts its exchanges by protocol.
struct DifferenceCollector {
    private static let exampleLimit = 5
    private static let textLimit = 600
    /// A server that makes up names must not make the report grow with them.
    private static let groupLimit = 10_000

    private struct Group {
        var counts: [String: Int] = [:]
        var examples: [ReplayReport.Example] = []
    }

    private var groups: [String: Group] = [:]

    /// Adds what differs in one exchange.
    mutating func add(_ differences: [ResponseDifference], exchangeID: Int64, protocol tag: String) {
        var seen: Set<String> = []
        for difference in differences where groups[difference.member] != nil || groups.count < Self.groupLimit
        {
            var group = groups[difference.member] ?? Group()
            if seen.insert(difference.member).inserted {
                group.counts[tag, default: 0] += 1
                if group.examples.count < Self.exampleLimit {
                    group.examples.append(
                        ReplayReport.Example(
                            exchangeID: exchangeID,
                            protocol: tag,
                            pointer: difference.pointer?.description,
                            expected: difference.expected.map(Self.shortened),
                            actual: difference.actual.map(Self.shortened)
                        )
                    )
                }
            }
            groups[difference.member] = group
        }
    }

    /// The groups in the order of the findings.
    func groups(_ findings: [PathFinding]) -> [ReplayReport.DifferenceGroup] {
        findings.map { finding in
            let group = groups[finding.path] ?? Group()
            return ReplayReport.DifferenceGroup(
                finding: finding,
                counts: group.counts,
                examples: group.examples
            )
        }
    }

    private static func shortened(_ text: JSONText) -> String {
        guard text.byteCount > textLimit else { return text.text }
        return String(text.text.prefix(textLimit)) + "…"
    }
}
