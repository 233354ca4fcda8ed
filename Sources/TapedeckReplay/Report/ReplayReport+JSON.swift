public import TapedeckJSON

extension ReplayReport {
    /// The report as one JSON object, for programs.
    ///
    /// Times are in nanoseconds, shares and ratios are numbers, and what is not known is null.
    public var json: JSONText {
        JSONText(object: [
            ("verdict", JSONText(string: verdict.verdict.rawValue)),
            ("run", JSONText(integer: run.id)),
            ("store", JSONText(string: run.storePath)),
            ("target", JSONText(string: run.settings.target)),
            ("reference", Self.json(reference)),
            ("exchange_count", JSONText(integer: verdict.exchangeCount)),
            ("left_out_count", JSONText(integer: verdict.leftOutCount)),
            ("gates", JSONText(array: verdict.gates.map(Self.json))),
            ("differences", JSONText(array: differences.map(Self.json))),
            ("errors", JSONText(object: errors.map { ($0.name, JSONText(integer: $0.count)) })),
            ("total", Self.json(total)),
            ("protocols", JSONText(array: protocols.map(Self.json))),
            ("latency_from_due_ns", Self.json(latencyFromDue)),
            ("lag_ns", Self.json(lag)),
            ("rule_findings", JSONText(array: ruleFindings.map { JSONText(string: $0) })),
        ])
    }

    private static func json(_ reference: Reference) -> JSONText {
        switch reference {
        case .recording(let store): ["kind": "recording", "store": JSONText(string: store)]
        case .baseline(let address): ["kind": "baseline", "target": JSONText(string: address)]
        case .run(let id, let target):
            ["kind": "run", "run": JSONText(integer: id), "target": JSONText(string: target)]
        }
    }

    private static func json(_ gate: Gate) -> JSONText {
        JSONText(object: [
            ("name", JSONText(string: gate.name)),
            ("protocol", gate.protocol.map { JSONText(string: $0) } ?? .null),
            ("outcome", JSONText(string: gate.outcome.rawValue)),
            ("measured", number(gate.measured)),
            ("lower", number(gate.interval?.lowerBound)),
            ("upper", number(gate.interval?.upperBound)),
            ("limit", number(gate.limit)),
            ("exchange_count", JSONText(integer: gate.exchangeCount)),
            ("required_count", gate.requiredCount.map { JSONText(integer: $0) } ?? .null),
            ("sentence", JSONText(string: gate.sentence)),
        ])
    }

    private static func json(_ group: DifferenceGroup) -> JSONText {
        let counts = group.finding.counts
        return JSONText(object: [
            ("path", JSONText(string: group.finding.path)),
            ("outcome", JSONText(string: group.finding.outcome.rawValue)),
            ("exchange_count", JSONText(integer: counts.exchangeCount)),
            ("differing_count", JSONText(integer: counts.targetCount)),
            ("noise_count", JSONText(integer: counts.noiseCount)),
            ("p", number(group.finding.pValue)),
            ("adjusted_p", number(group.finding.adjustedPValue)),
            ("sentence", JSONText(string: group.finding.sentence)),
            (
                "protocols",
                JSONText(
                    object: group.counts.sorted { $0.key < $1.key }
                        .map { ($0.key, JSONText(integer: $0.value)) }
                )
            ),
            ("examples", JSONText(array: group.examples.map(json))),
        ])
    }

    private static func json(_ example: Example) -> JSONText {
        JSONText(object: [
            ("exchange", JSONText(integer: example.exchangeID)),
            ("protocol", JSONText(string: example.protocol)),
            ("pointer", example.pointer.map { JSONText(string: $0) } ?? .null),
            ("expected", example.expected.map { JSONText(string: $0) } ?? .null),
            ("actual", example.actual.map { JSONText(string: $0) } ?? .null),
        ])
    }

    private static func json(_ summary: ProtocolSummary) -> JSONText {
        JSONText(object: [
            ("protocol", JSONText(string: summary.protocol)),
            ("exchange_count", JSONText(integer: summary.exchangeCount)),
            ("differing_count", JSONText(integer: summary.differingCount)),
            ("error_count", JSONText(integer: summary.errorCount)),
            ("latency_ns", json(summary.candidate)),
            ("reference_latency_ns", json(summary.reference)),
        ])
    }

    private static func json(_ distribution: LatencyDistribution) -> JSONText {
        func time(_ nanoseconds: UInt64?) -> JSONText { nanoseconds.map { JSONText(integer: $0) } ?? .null }
        return [
            "count": JSONText(integer: distribution.count), "p50": time(distribution.quantile(0.5)),
            "p90": time(distribution.quantile(0.9)), "p99": time(distribution.quantile(0.99)),
            "max": time(distribution.maximum),
        ]
    }

    /// A number with all its digits; null for none, and for what JSON has no form of.
    private static func number(_ value: Double?) -> JSONText {
        guard let value, value.isFinite else { return .null }
        return (try? JSONText(validating: "\(value)")) ?? .null
    }
}
