import Tapedeck

/// One exchange as text for people.
enum ExchangeReport {
    static func text(id: Int64, _ exchange: RecordedExchange) -> String {
        var fields = [("id", "\(id)"), ("time", time(exchange.receivedNanoseconds))]
        fields.append(("protocol", exchange.protocol))
        fields.append(
            ("latency", exchange.latencyNanoseconds.map(latency) ?? "none: the exchange never completed")
        )
        fields.append(("request", size(exchange.request)))
        fields.append(("response", exchange.response.map(size) ?? "none: the exchange is open"))
        fields += exchange.extra.map(extraFields) ?? []
        let fieldNames = fields.map { $0.0.escapingControlCharacters() }
        let width = min(fieldNames.map(\.displayWidth).max() ?? 0, 24)
        var text = ""
        for (name, field) in zip(fieldNames, fields) {
            text += "\(name.aligned(.left, toWidth: width))  \(field.1.escapingControlCharacters())\n"
        }
        text += section("request", exchange.request)
        if let response = exchange.response { text += section("response", response) }
        return text
    }

    private static func section(_ title: String, _ payload: JSONText) -> String {
        "\n\(title):\n\(payload.prettyPrinted().escapingControlCharacters(keepingLineFeeds: true))\n"
    }

    private static func time(_ nanoseconds: UInt128) -> String {
        guard nanoseconds < Timestamp.limit else { return "\(nanoseconds) ns since 1970" }
        return "\(Timestamp.format(nanoseconds, fractionDigits: 9)) (\(nanoseconds) ns since 1970)"
    }

    private static func latency(_ nanoseconds: UInt64) -> String {
        "\(Quantities.latency(nanoseconds)) (\(nanoseconds) ns)"
    }

    private static func size(_ payload: JSONText) -> String {
        "\(Quantities.count(payload.byteCount)) bytes"
    }

    /// The members beyond the five, one each. What only a grammar check let into the line is shown as a whole.
    private static func extraFields(_ extra: ExtraMembers) -> [(String, String)] {
        guard let object = try? JSONText(validating: extra.text) else { return [("extra", extra.text)] }
        return object.members.map { ($0.name, $0.value.text) }
    }
}
