import Tapedeck

/// Exchanges as JSON for programs.
enum ExchangeJSON {
    /// All but the payloads and the members beyond the five.
    static func summary(_ numbered: ReplayReader.NumberedExchange) -> JSONText {
        let exchange = numbered.exchange
        return JSONText(object: [
            (name: "id", value: JSONText(integer: numbered.number)),
            (name: "recv_ts_ns", value: JSONText(integer: exchange.receivedNanoseconds)),
            (name: "time", value: time(exchange.receivedNanoseconds)),
            (name: "protocol", value: JSONText(string: exchange.protocol)),
            (name: "latency_ns", value: integer(exchange.latencyNanoseconds)),
            (name: "request_bytes", value: JSONText(integer: exchange.request.byteCount)),
            (name: "response_bytes", value: integer(exchange.response?.byteCount)),
            (name: "state", value: JSONText(string: exchange.isOpen ? "open" : "complete")),
            (name: "http_status", value: integer(exchange.httpStatus)),
        ])
    }

    /// The exchange's line as an archive has it, with its id before it.
    static func line(id: Int64, _ exchange: RecordedExchange) -> String {
        // A payload may nest as deep as a text may; the line around it goes one deeper.
        let members = JSONText(unlimitedObject: [
            (name: "id", value: JSONText(integer: id)),
            (name: "recv_ts_ns", value: JSONText(integer: exchange.receivedNanoseconds)),
            (name: "latency_ns", value: integer(exchange.latencyNanoseconds)),
            (name: "protocol", value: JSONText(string: exchange.protocol)),
            (name: "request", value: exchange.request),
            (name: "response", value: exchange.response ?? .null),
        ])
        guard let extra = exchange.extra?.text, extra.utf8.count > 2 else { return members.text }
        return members.text.dropLast() + "," + extra.dropFirst()
    }

    /// The time to the nanosecond; null where RFC 3339 cannot write it.
    static func time(_ nanoseconds: UInt128) -> JSONText {
        guard nanoseconds < Timestamp.limit else { return .null }
        return JSONText(string: Timestamp.format(nanoseconds, fractionDigits: 9))
    }

    static func integer(_ number: (some BinaryInteger)?) -> JSONText {
        number.map { JSONText(integer: $0) } ?? .null
    }
}
