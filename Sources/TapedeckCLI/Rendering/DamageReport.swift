import Tapedeck

/// What is wrong with a store's file, for people and for programs.
enum DamageReport {
    /// One line, such as "exchange 7: the content is not what was stored: its checksum differs".
    static func line(_ damage: StoreDamage) -> String {
        let subject = damage.ids.map { StoreDamage.name(of: $0) } ?? "the file"
        let what = damage.kind == .unreadable ? "cannot be read (\(damage.message))" : damage.message
        return "\(subject): \(what)".escapingControlCharacters()
    }

    static func json(_ damage: StoreDamage) -> JSONText {
        JSONText(object: [
            (name: "kind", value: JSONText(string: damage.kind.rawValue)),
            (name: "first_id", value: damage.ids.map { JSONText(integer: $0.lowerBound) } ?? .null),
            (name: "last_id", value: damage.ids.map { JSONText(integer: $0.upperBound) } ?? .null),
            (name: "message", value: JSONText(string: damage.message)),
        ])
    }

    static func json(_ summary: VerifySummary, store: String, damages: [JSONText]) -> JSONText {
        JSONText(object: [
            (name: "store", value: JSONText(string: store)),
            (name: "sound", value: summary.isSound ? true : false),
            (name: "exchanges", value: JSONText(integer: summary.rowCount)),
            (name: "bytes", value: JSONText(integer: summary.byteCount)),
            (name: "without_checksum", value: JSONText(integer: summary.uncoveredCount)),
            (name: "checksums_repaired", value: JSONText(integer: summary.repairedCount)),
            (name: "damages", value: JSONText(array: damages)),
        ])
    }

    static func text(_ summary: VerifySummary, store: String) -> String {
        var lines = [
            summary.isSound
                ? "\(store): \(Quantities.count(summary.rowCount, "exchange")) verified, nothing is wrong"
                : "\(store): \(Quantities.count(summary.rowCount, "exchange")) read,"
                    + " \(Quantities.count(summary.damageCount, "problem"))"
        ]
        if summary.repairedCount > 0 {
            lines.append("\(Quantities.count(summary.repairedCount)) of them were given a checksum")
        }
        let uncovered = summary.uncoveredCount - summary.repairedCount
        if uncovered > 0 {
            lines.append(
                "\(Quantities.count(uncovered)) have no checksum, so that not every change of them can be seen;"
                    + " 'tapedeck verify --repair-checksums' computes it"
            )
        }
        return lines.map { $0 + "\n" }.joined()
    }
}
