#if HTTP
import Tapedeck
import TapedeckHTTP

/// What a stand-in answered, in words and as JSON.
enum ServeReport {
    static func lines(_ statistics: ReplayServer.Statistics, store: String) -> [String] {
        var lines = [
            "answered \(Quantities.count(statistics.answeredCount, "request")) from "
                + "\(Quantities.count(statistics.exchangeCount, "exchange")) of \(store)"
        ]
        let rest: [(Int, String)] = [
            (statistics.missedCount, "missed: no exchange answers them"),
            (statistics.forwardedCount, "of those passed on"),
            (statistics.openCount, "exchanges left out: they have no response"),
            (statistics.cutCount, "exchanges left out: their request was cut off"),
        ]
        for (count, meaning) in rest where count > 0 {
            lines.append("  \(Quantities.count(count)) \(meaning)")
        }
        return lines
    }

    /// What is said to whoever cannot wait for the end.
    static func waiting(_ stage: StopCourse.Stage) -> String {
        stage == .serving ? "waiting for what is under way" : "waiting for the summary to be read"
    }

    /// What is said where that was not waited for.
    static func calledOff(_ stage: StopCourse.Stage) -> String {
        stage == .serving ? "called off: what was under way is cut" : "called off: nobody read the summary"
    }

    static func json(_ statistics: ReplayServer.Statistics, store: String) -> JSONText {
        JSONText(object: [
            (name: "store", value: JSONText(string: store)),
            (name: "exchanges", value: JSONText(integer: statistics.exchangeCount)),
            (name: "open", value: JSONText(integer: statistics.openCount)),
            (name: "request_cut", value: JSONText(integer: statistics.cutCount)),
            (name: "answered", value: JSONText(integer: statistics.answeredCount)),
            (name: "missed", value: JSONText(integer: statistics.missedCount)),
            (name: "forwarded", value: JSONText(integer: statistics.forwardedCount)),
        ])
    }
}
#endif
